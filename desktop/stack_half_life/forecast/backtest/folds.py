"""Which products a forecast may learn from: never the one it is about."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from stack_half_life.domain.histories import ProductHistory

LEFT_OUT_CATEGORIES = frozenset({"device", "standard"})
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Fold:
    """Products to forecast, and products from which priors and climatology come."""

    judged: tuple[ProductHistory, ...]
    pool: tuple[ProductHistory, ...]


def cross_validated(products: Sequence[ProductHistory]) -> tuple[Fold, ...]:
    """Each fifth of the products, by a checksum of its name, against the other four."""
    chosen = kept(products)
    place = [zlib.crc32(product.product.encode()) % FOLDS for product in chosen]
    return tuple(
        Fold(
            judged=tuple(p for p, k in zip(chosen, place, strict=True) if k == fold),
            pool=tuple(p for p, k in zip(chosen, place, strict=True) if k != fold),
        )
        for fold in range(FOLDS)
        if fold in place
    )


def frozen(
    products: Sequence[ProductHistory], shipped: Sequence[ProductHistory]
) -> tuple[Fold, ...]:
    """All products against the shipped ones; shipped products of the same name are left out."""
    chosen = kept(products)
    names = {product.product for product in chosen}
    pool = tuple(product for product in kept(shipped) if product.product not in names)
    return (Fold(judged=chosen, pool=pool),)


def kept(products: Sequence[ProductHistory]) -> tuple[ProductHistory, ...]:
    """The products without devices and standards, which are no software release cycles."""
    return tuple(p for p in products if p.category not in LEFT_OUT_CATEGORIES)
