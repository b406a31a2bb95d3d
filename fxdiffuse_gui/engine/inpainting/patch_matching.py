"""Patch matching: the detail of an inpainted hole, copied from similar windows of the photo.

The fill head predicts the expected structure, which is soft. Here every window of the hole finds the known
window most similar to the hidden content, by attention between learned features, and copies it (compare
contextual attention, Yu et al. 2018). The attention is trained to match the true similarity of windows, which
training photos show.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.conditions.noise import image_noise
from fxdiffuse_gui.engine.network.layers import pixel_norm

STRIDE = 4
"""Distance of the features, px."""
_WINDOW, _STEP = 16, 8  # side of the copied windows, and their distance, px
_PAD = (_WINDOW - STRIDE) // 2
_KEY_WIDTH = 24
_TEMPERATURE = 0.1  # of the target distribution, in units of the variance of photos
_TEXTURE_WEIGHT = 0.15  # of a difference in log texture energy, next to one in color
_COARSE_SIGMA = 4.0  # px: lower frequencies come from the expected structure, higher ones from the copy
_PASSES, _USAGE_PENALTY = 3, 1.0  # passes of the attention; logits per log of a window's uses
_PROPAGATION_ROUNDS = 10
_AGREEMENT = 1.0  # logits for each neighbor that copies from the same piece
_SEED_NOISE = 0.25  # standard deviation of the noise that a seed adds, in logits
_STRENGTH = 0.75  # of the copied detail; the rest stays as soft as the expected structure
_CHUNK = 1024  # queries at a time


class PatchMatching(nn.Module):
    """Attention from windows of the hole to known windows."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.query = nn.Conv2d(width, _KEY_WIDTH, 1)
        self.key = nn.Conv2d(width, _KEY_WIDTH, 1)
        self.log_scale = nn.Parameter(torch.tensor(1.5))

    def features(self, trunk: Tensor) -> tuple[Tensor, Tensor]:
        """Queries and keys, (B, 9·d, h, w), of the fill head's features, (B, C, h, w), one per `STRIDE` px.

        Each holds a position together with its neighbors, so that the surroundings of a window count too.
        """
        normal = pixel_norm(trunk.float())
        scale = (self.log_scale / 2).exp()
        queries, keys = (scale * F.normalize(layer(normal), dim=1) for layer in (self.query, self.key))
        return _neighborhoods(queries), _neighborhoods(keys)

    def loss(self, trunk: Tensor, photo: Tensor, mask: Tensor, unit: float) -> Tensor:
        """(B,) mean Kullback–Leibler divergence of the attention from the similarity of windows.

        trunk: as of `features`. photo: (B, 3, H, W), the truth. mask: (B, 1, H, W), above 0 in the hole.
        unit: standard deviation that differences between windows are measured in.
        """
        queries, keys = (f.flatten(2).transpose(1, 2) for f in self.features(trunk))
        descriptors = _descriptors(photo, unit).flatten(2).transpose(1, 2)
        targets, known = _windows(mask)
        losses: list[Tensor] = []
        for i in range(len(photo)):
            rows, columns = targets[i].nonzero().flatten(), known[i].nonzero().flatten()
            if not len(rows) or not len(columns):
                losses.append(photo.new_zeros(()))
                continue
            distance = torch.cdist(descriptors[i, rows], descriptors[i, columns]).square()
            target = (-distance / _TEMPERATURE).log_softmax(1)
            logits = (queries[i, rows] @ keys[i, columns].T).log_softmax(1)
            losses.append((target.exp() * (target - logits)).sum(1).mean())
        return torch.stack(losses)

    @torch.no_grad()
    def synthesize(
        self, expected: Tensor, mask: Tensor, trunk: Tensor, factor: int = 1, seed: int = 0
    ) -> Tensor:
        """The photo with detail copied into its hole, (B, 3, H, W); known pixels bit for bit.

        expected: (B, 3, H, W), the photo with the expected structure. mask: (B, 1, H, W), above 0 in the
        hole. trunk: features of both, made smaller by `factor`: (B, C, H / 4·factor, W / 4·factor). seed:
        decides between windows that match about equally well. Without a known window nothing changes.
        """
        queries, keys = (f.flatten(2) for f in self.features(trunk))
        height, width = trunk.shape[-2:]
        noise = _SEED_NOISE * image_noise(seed, (0, 0, width, height), 1, device=trunk.device).flatten(2)
        queries = torch.cat([queries, torch.ones_like(queries[:, :1])], 1)
        keys = torch.cat([keys, noise.expand(len(keys), -1, -1)], 1)
        targets, known = _windows(F.max_pool2d((mask > 0).float(), factor))
        copied = expected.clone()
        for i in range(len(expected)):
            rows, columns = targets[i].nonzero().flatten(), known[i].nonzero().flatten()
            if not len(rows) or not len(columns):
                continue
            chosen = _attend(queries[i][:, rows], keys[i][:, columns])
            sources = _propagate(columns[chosen], rows, known[i].view(height, width), queries[i], keys[i])
            to, source = ((index // width, index % width) for index in (rows, sources))
            copied[i] = _copy_windows(expected[i], torch.stack([*to, *source], 1), factor)
        hole = (mask > 0).to(expected)
        missing = _smooth((expected - copied) * hole, factor) / _smooth(hole, factor).clamp_min(1e-4)
        return torch.where(mask > 0, torch.lerp(expected, copied + missing, _STRENGTH), expected)


def _attend(queries: Tensor, keys: Tensor) -> Tensor:
    """(N,) the index of the best key for every query. queries: (d, N); keys: (d, M).

    After each pass a key is penalized by the number of queries that chose it: a window that is copied again
    and again shows as a grid.
    """
    penalty = keys.new_zeros(keys.shape[1])
    chosen = keys.new_zeros(0, dtype=torch.long)
    for _ in range(_PASSES):
        chosen = torch.cat([(part.T @ keys - penalty).argmax(1) for part in queries.split(_CHUNK, 1)])
        penalty = penalty + _USAGE_PENALTY * chosen.bincount(minlength=len(penalty)).to(keys).log1p()
    return chosen


def _propagate(chosen: Tensor, rows: Tensor, known: Tensor, queries: Tensor, keys: Tensor) -> Tensor:
    """(N,) better sources for the windows `rows`, (N,), from `chosen`, (N,); flat indices of features.

    In every round each window tries the sources of its neighbors, shifted accordingly, and prefers a source
    the more neighbors copy from the same piece of the photo (the propagation of PatchMatch, Barnes et al.
    2009). So coherent pieces grow, instead of one window being repeated. known: (h, w); queries, keys: (d,
    h·w).
    """
    columns, every = known.shape[1], _STEP // STRIDE
    shape = (-(-known.shape[0] // every) + 2, -(-columns // every) + 2)
    top, left = rows // columns, rows % columns
    y, x = top // every + 1, left // every + 1
    nowhere = -(10**6)
    sources = torch.full((2, *shape), nowhere, device=rows.device)
    sources[:, y, x] = torch.stack([chosen // columns, chosen % columns])
    targets = queries[:, rows]
    for _ in range(_PROPAGATION_ROUNDS):
        shifted = torch.stack(
            [
                sources[:, y + dy, x + dx] - every * rows.new_tensor([[dy], [dx]])
                for dy in (-1, 0, 1)
                for dx in (-1, 0, 1)
                if (dy, dx) != (0, 0)
            ]
        )
        candidates = torch.cat([sources[None, :, y, x], shifted])
        inside = (candidates >= 0).all(1)
        inside &= (candidates[:, 0] < known.shape[0]) & (candidates[:, 1] < columns)
        index = torch.where(inside, candidates[:, 0] * columns + candidates[:, 1], 0)
        score = torch.stack([(targets * keys[:, source]).sum(0) for source in index])
        agreeing = (candidates[:, None] == shifted[None]).all(2).sum(1)
        score = score + _AGREEMENT * agreeing
        score = score.masked_fill(~(inside & known.flatten()[index]), -math.inf)
        best = score.argmax(0)
        sources[:, y, x] = candidates.gather(0, best[None, None].expand(1, 2, -1))[0]
    return sources[0, y, x] * columns + sources[1, y, x]


def _neighborhoods(features: Tensor) -> Tensor:
    """(B, d, h, w) to (B, 9·d, h, w): every position with its eight neighbors at the distance of windows."""
    batch, _, height, width = features.shape
    return F.unfold(features, 3, dilation=_STEP // STRIDE, padding=_STEP // STRIDE).view(
        batch, -1, height, width
    )


def _descriptors(photo: Tensor, unit: float) -> Tensor:
    """(B, 193, h, w) of windows; their squared distance is the mean squared difference in units of `unit`."""
    small = F.avg_pool2d(photo / unit, 2)
    half = _WINDOW // 2
    batch, _, height, width = photo.shape
    shape = (batch, -1, height // STRIDE, width // STRIDE)
    padded = F.pad(small, (_PAD // 2,) * 4, mode="reflect")
    colors = F.unfold(padded, half, stride=STRIDE // 2).view(shape) / math.sqrt(3 * half**2)
    gray = photo.mean(1, keepdim=True)
    fine = (gray - F.avg_pool2d(gray, 5, 1, 2, count_include_pad=False)).square()
    energy = F.avg_pool2d(F.pad(fine, (_PAD,) * 4, mode="reflect"), _WINDOW, STRIDE)
    return torch.cat([colors, math.sqrt(_TEXTURE_WEIGHT) * (energy + 1e-5).log()], 1)


def _windows(mask: Tensor) -> tuple[Tensor, Tensor]:
    """(B, h·w) bool each: every other window, along both axes, of those that reach into the hole, and the
    windows that are entirely known and inside the picture. mask: (B, 1, H, W)."""
    hole = F.pad((mask > 0).float(), (_PAD,) * 4, value=2.0)
    outer = F.max_pool2d(hole, _WINDOW, STRIDE)
    inner = F.max_pool2d(F.pad((mask > 0).float(), (_PAD,) * 4), _WINDOW, STRIDE) > 0
    every = _STEP // STRIDE
    targets = torch.zeros_like(inner)
    targets[..., ::every, ::every] = inner[..., ::every, ::every]
    return targets.flatten(1), (outer == 0).flatten(1)


def _copy_windows(picture: Tensor, moves: Tensor, factor: int) -> Tensor:
    """The copied windows, cross-faded, (3, H, W); 0 where there are none.

    picture: (3, H, W). moves: (N, 4), row and column of each window and of its source, in features. factor:
    px of the picture per px that the features were computed from.
    """
    size, stride, pad = _WINDOW * factor, STRIDE * factor, _PAD * factor
    axis = torch.arange(size, device=picture.device, dtype=picture.dtype)
    fade = (math.pi * (axis + 0.5) / size).sin().square()
    weight = fade[:, None] * fade
    _, height, width = picture.shape
    padded = F.pad(picture[None], (pad,) * 4, mode="reflect")[0]
    total = padded.new_zeros(4, height + 2 * pad, width + 2 * pad)
    # One by one: all windows of a hole of many megapixels together would take gigabytes.
    for top, left, source_top, source_left in (moves * stride).tolist():
        source = padded[:, source_top : source_top + size, source_left : source_left + size]
        part = total[:, top : top + size, left : left + size]
        part[:3] += source * weight
        part[3] += weight
    total = total[:, pad : pad + height, pad : pad + width]
    return total[:3] / total[3:].clamp_min(1e-6)


def _smooth(image: Tensor, factor: int) -> Tensor:
    """(B, C, H, W) through a Gaussian of σ = `_COARSE_SIGMA` · factor."""
    sigma = _COARSE_SIGMA * factor
    radius = round(2.5 * sigma)
    axis = torch.arange(-radius, radius + 1, device=image.device, dtype=image.dtype)
    taps = torch.exp(-axis.square() / (2 * sigma**2))
    taps = (taps / taps.sum()).expand(image.shape[1], 1, 1, -1)
    across = F.conv2d(image, taps, padding=(0, radius), groups=image.shape[1])
    return F.conv2d(across, taps.transpose(2, 3), padding=(radius, 0), groups=image.shape[1])
