"""From which file a new one came, asked once more where a commit moved several files.

`git log -M` gives every source of a rename to one new file only. `git blame` looks at each new
file by itself, so that two halves of a split file keep the births of their lines both. To agree
with it, each doubtful new file is put before git alone: as a made-up pair of trees, one with
nothing but the sources, one with nothing but that file.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stack_half_life.evidence.git.binaries import Hunk
from stack_half_life.evidence.git.made_trees import MadeTrees, TreeFile
from stack_half_life.evidence.git.shim import GitShim
from stack_half_life.evidence.git.tape import Tape, raw_entry
from stack_half_life.evidence.git.tree_changes import tree_changes
from stack_half_life.evidence.git.versions import GitVersions

LEAST_SCORE = 50
"""Git takes nothing for a source that is less alike, in per cent."""

SMALL_BYTES = 2048
"""Below this size, different sources are now and then equally alike."""

SURE_SCORE = 75
"""Git takes a source of the same file name at this similarity, in per cent, without looking on."""

_REGULAR = b"100"


class Origin(NamedTuple):
    """Where a new file came from: a path's number, and the change on the way."""

    source: int
    hunks: list[Hunk]


class _Question(NamedTuple):
    """Which source a new file came from.

    told: the path that git's list says, blank where it says none.
    likely: sources that may be what it came from; they must be alike by `least_alike` per cent.
    sources: all there are, in whose presence git would decide.
    """

    entry: int
    new: TreeFile
    told: bytes
    likely: tuple[TreeFile, ...]
    sources: tuple[TreeFile, ...]
    least_alike: int

    def asked_of(self, sizes: Mapping[bytes, int]) -> tuple[TreeFile, ...]:
        """The sources to put before git; none where nothing is in doubt.

        Sources whose size alone says that they cannot be alike enough are left out; those of the
        file's own name stay, for git looks at them first. Between sources that are equally alike
        git decides by the company they are in, so where that may be, all of them are asked of.
        """
        size = sizes.get(self.new.identity, 0)
        least, most = size * self.least_alike / 100, size * 100 / self.least_alike
        left = tuple(
            source
            for source in self.likely
            if least <= sizes.get(source.identity, 0) <= most or source.name == self.new.name
        )
        if not left or (len(left) == 1 and left[0].path == self.told):
            return ()
        has_twins = len({source.identity for source in left}) < len(left)
        return self.sources if has_twins or size < SMALL_BYTES else left


def find_origins(tape: Tape, shim: GitShim) -> dict[int, Origin]:
    """Origins of new files, by entry of the tape, where they may differ from what the tape says."""
    asked = [question for move in tape.moves for question in _questions(*move[1:])]
    files = {file.identity for question in asked for file in (question.new, *question.sources)}
    sizes = GitVersions(shim).sizes(files)
    questions = [(question, question.asked_of(sizes)) for question in asked]
    questions = [(question, sources) for question, sources in questions if sources]
    if not questions:
        return {}
    trees = MadeTrees(shim)
    pairs = [(trees.add(sources), trees.add([question.new])) for question, sources in questions]
    answers = tree_changes(trees, pairs, tape.path_numbers, "--diff-filter=R")
    origins = {}
    for place, (question, _) in enumerate(questions):
        answer = answers.entry_ends[place] - 1
        is_answered = answer >= (answers.entry_ends[place - 1] if place else 0)
        if is_answered and answer not in answers.binary:
            source = answers.sources[answer]
            if source != tape.sources[question.entry]:
                origins[question.entry] = Origin(source, list(answers.hunks(answer)))
    return origins


def _questions(first_entry: int, raw: list[bytes]) -> Iterator[_Question]:
    """The new files of a commit whose source may be another than git's list says."""
    renamed: list[TreeFile] = []
    deleted: list[TreeFile] = []
    for old_mode, _, old, _, rest in map(raw_entry, raw):
        status, path = rest.split(b"\t")[:2]
        if old_mode.startswith(_REGULAR) and status[:1] in b"RD":
            (renamed if status[:1] == b"R" else deleted).append(TreeFile(old_mode, old, path))
    sources = (*renamed, *deleted)
    same_name = Counter(source.name for source in sources)
    same_content = Counter(source.identity for source in sources)
    for place, (_, mode, old, new, rest) in enumerate(map(raw_entry, raw)):
        if not mode.startswith(_REGULAR):
            continue
        status, *paths = rest.split(b"\t")
        file = TreeFile(mode, new, paths[-1])
        if status == b"A":
            near = tuple(source for source in deleted if source.name == file.name)
            likely = (*renamed, *near)
            yield _Question(first_entry + place, file, b"", likely, sources, LEAST_SCORE)
        elif status.startswith(b"R"):
            source = TreeFile(mode, old, paths[0])
            if old == new:
                is_sure = same_content[old] == 1
            else:
                is_sure = (
                    int(status[1:]) >= SURE_SCORE
                    and source.name == file.name
                    and same_name[file.name] == 1
                    and not same_content[new]
                )
            if not is_sure:
                alike = int(status[1:])
                yield _Question(first_entry + place, file, paths[0], sources, sources, alike)
