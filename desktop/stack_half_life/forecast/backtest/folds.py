"""Which products a forecast may learn from: never the one it is about."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from stack_half_life.domain.histories import ProductHistory
from stack_half_life.domain.hyperparameters import Hyperparameters

LEFT_OUT_CATEGORIES = frozenset({"device", "standard"})
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Fold:
    """Products to forecast, products from which climatology comes, and the hyper-parameters."""

    judged: tuple[ProductHistory, ...]
    pool: tuple[ProductHistory, ...]
    hyper: Hyperparameters


def cross_validated(products: Sequence[ProductHistory], hyper: Hyperparameters) -> tuple[Fold, ...]:
    """Each fifth of the products, by a checksum of its name, against the other four."""
    chosen = kept(products)
    place = [zlib.crc32(product.product.encode()) % FOLDS for product in chosen]
    return tuple(
        Fold(
            judged=tuple(p for p, k in zip(chosen, place, strict=True) if k == fold),
            pool=tuple(p for p, k in zip(chosen, place, strict=True) if k != fold),
            hyper=hyper,
        )
        for fold in range(FOLDS)
        if fold in place
    )


def frozen(
    products: Sequence[ProductHistory],
    shipped: Sequence[ProductHistory],
    hyper: Hyperparameters,
) -> tuple[Fold, ...]:
    """All products, forecast from the shipped ones; from all of these, see `also_shipped`."""
    return (Fold(kept(products), kept(shipped), hyper),)


def also_shipped(products: Sequence[ProductHistory], shipped: Sequence[ProductHistory]) -> int:
    """How many of the products were learnt from: their figures are not out of sample."""
    names = {product.product for product in kept(shipped)}
    return sum(product.product in names for product in kept(products))


def kept(products: Sequence[ProductHistory]) -> tuple[ProductHistory, ...]:
    """The products without devices and standards, which are no software release cycles."""
    return tuple(p for p in products if p.category not in LEFT_OUT_CATEGORIES)
