"""A few heads of the decoder must look where the words point."""

from collections import defaultdict

from torch import Tensor

from ..model.attention import Watch
from .batches import Batch, Looks

#: Layer and head: two find what a name names, one counts it, two point at the thing whose corners are next.
NAME_HEADS, COUNT_HEAD, POINT_HEADS = ((0, 3), (1, 4)), (1, 0), ((2, 0), (3, 0))


class Looking:
    """Watches for one run of the decoder, and what their heads missed in it."""

    def __init__(self, batch: Batch):
        self.batch = batch
        #: By layer.
        self.watches: dict[int, list[Watch]] = defaultdict(list)
        self._naming = [self._watch(head, batch.names) for head in NAME_HEADS]
        self._counting = self._watch(COUNT_HEAD, batch.names)
        self._pointing = [self._watch(head, batch.pointers) for head in POINT_HEADS]

    def loss(self, figures: dict[str, Tensor]) -> Tensor:
        """Once the decoder has run."""
        named = [_on(watch, self.batch.names) for watch in self._naming]
        pointed = [_on(watch, self.batch.pointers) for watch in self._pointing]
        figures |= {"named": named[0].mean().detach(), "pointed": pointed[-1].mean().detach()}
        wanted = self.batch.counts
        shares = self._counting.probabilities[:, : wanted.shape[1]]
        counted = (wanted * ((wanted + 1e-9).log() - (shares + 1e-3).log())).sum(1).mean()
        return counted - sum((on + 1e-3).log().mean() / 2 for on in (*named, *pointed))

    def _watch(self, place: tuple[int, int], looks: Looks) -> Watch:
        layer, head = place
        watch = Watch(head, looks.rows, looks.positions)
        self.watches[layer].append(watch)
        return watch


def _on(watch: Watch, looks: Looks) -> Tensor:
    """How much of the attention is where it belongs."""
    return (watch.probabilities[:, : looks.allowed.shape[1]] * looks.allowed).sum(1)
