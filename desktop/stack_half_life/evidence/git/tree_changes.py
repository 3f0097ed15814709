"""How made-up trees differ, asked of git in one go."""

import re
from collections.abc import Sequence

from stack_half_life.evidence.git.made_trees import MadeTrees
from stack_half_life.evidence.git.tape import PATCH_ARGUMENTS, Tape, TapeReader

_PAIR = re.compile(rb"^[0-9a-f]{40,64} ([0-9a-f]{40,64})$", re.MULTILINE)


def tree_changes(
    trees: MadeTrees,
    pairs: Sequence[tuple[bytes, bytes]],
    path_numbers: dict[bytes, int],
    *options: str,
) -> Tape:
    """The changes of pairs of trees (old id, new id) on a tape, each pair as a commit.

    path_numbers: of the paths that are known; new ones are added.
    options: of `git diff-tree`, beside those a history is read with.
    """
    trees.store()
    reader = TapeReader(Tape(path_numbers=path_numbers))
    reader.feed(
        _PAIR.sub(
            rb"commit \1 0",
            trees.shim.output(
                ["diff-tree", "--stdin", "-r", *options, *PATCH_ARGUMENTS],
                b"".join(b"%s %s\n" % pair for pair in pairs),
            ),
        )
    )
    reader.finish()
    return reader.tape
