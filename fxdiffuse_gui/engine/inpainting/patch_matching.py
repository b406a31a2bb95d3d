"""Recall: the detail of a fill, taken from where the photo shows something alike.

The fill head knows what to expect under the mask, but an expectation is soft. Here every window of the hole
looks for the known window that resembles what is hidden, by attention between learned features, and copies
it (cf. contextual attention, Yu et al. 2018). What training teaches is the attention: it is fitted to how
alike the windows really are, which only training photos can tell.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fxdiffuse_gui.engine.diffusion.noise import image_noise
from fxdiffuse_gui.engine.network.layers import pixel_norm

STRIDE = 4
"""Of the features, px."""
_WINDOW, _STEP = 16, 8  # what is copied at once, and the distance of such windows, px
_PAD = (_WINDOW - STRIDE) // 2
_KEYS = 24
_SHARPNESS = 0.1  # τ of the target distribution, in units of the variance of photographs
_TEXTURE = 0.15  # weight of a difference in log texture energy beside one in color
_COARSE = 4.0  # px, σ: below this frequency the expectation decides, above it the copy
_PASSES, _WEARINESS = 3, 1.0
_ROUNDS = 10
_AGREEMENT = 1.0  # what each agreeing neighbor is worth, in logits
_TASTE = 0.25  # deviation of a seed's likings, in logits
_STRENGTH = 0.75  # of the recalled detail; the rest stays as soft as the expectation
_CHUNK = 1024


class PatchMatching(nn.Module):
    """Attention from windows of the hole to known windows."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.query = nn.Conv2d(width, _KEYS, 1)
        self.key = nn.Conv2d(width, _KEYS, 1)
        self.log_scale = nn.Parameter(torch.tensor(1.5))

    def features(self, trunk: Tensor) -> tuple[Tensor, Tensor]:
        """trunk: (B, C, h, w) features, one per `STRIDE` px. Returns queries and keys, (B, 9·d, h, w): each
        position together with its neighbors, so that what borders on a window counts too."""
        normal = pixel_norm(trunk.float())
        scale = (self.log_scale / 2).exp()
        queries, keys = (scale * F.normalize(layer(normal), dim=1) for layer in (self.query, self.key))
        return _neighborhoods(queries), _neighborhoods(keys)

    def loss(self, trunk: Tensor, photo: Tensor, mask: Tensor, unit: float) -> Tensor:
        """(B,) Kullback–Leibler divergence from how alike windows are to where attention goes, mean over the
        windows of the hole. photo: (B, 3, H, W), the truth; mask: (B, 1, H, W); unit: its deviation."""
        queries, keys = (f.flatten(2).transpose(1, 2) for f in self.features(trunk))
        looks = _descriptors(photo, unit).flatten(2).transpose(1, 2)
        asked, known = _places(mask)
        losses: list[Tensor] = []
        for i in range(len(photo)):
            rows, columns = asked[i].nonzero().flatten(), known[i].nonzero().flatten()
            if not len(rows) or not len(columns):
                losses.append(photo.new_zeros(()))
                continue
            target = (-torch.cdist(looks[i, rows], looks[i, columns]).square() / _SHARPNESS).log_softmax(1)
            logits = (queries[i, rows] @ keys[i, columns].T).log_softmax(1)
            losses.append((target.exp() * (target - logits)).sum(1).mean())
        return torch.stack(losses)

    @torch.no_grad()
    def assemble(
        self, expected: Tensor, mask: Tensor, trunk: Tensor, factor: int = 1, seed: int = 0
    ) -> Tensor:
        """expected: (B, 3, H, W), the photo with the expected fill; mask: (B, 1, H, W); trunk: features of
        both made smaller by `factor`, (B, C, H / 4·factor, W / 4·factor). Returns the photo with the fill's
        detail recalled at full size; known pixels bit for bit. Without a known window nothing changes.

        seed: each has its own taste among windows that would do about equally well."""
        queries, keys = (f.flatten(2) for f in self.features(trunk))
        height, width = trunk.shape[-2:]
        taste = _TASTE * image_noise(seed, (0, 0, width, height), 1, device=trunk.device).flatten(2)
        queries = torch.cat([queries, torch.ones_like(queries[:, :1])], 1)
        keys = torch.cat([keys, taste.expand(len(keys), -1, -1)], 1)
        asked, known = _places(F.max_pool2d((mask > 0).float(), factor))
        copied = expected.clone()
        for i in range(len(expected)):
            rows, columns = asked[i].nonzero().flatten(), known[i].nonzero().flatten()
            if not len(rows) or not len(columns):
                continue
            sought, offered = queries[i], keys[i]
            chosen = _attend(sought[:, rows], offered[:, columns])
            chosen = _agree(columns[chosen], rows, known[i].view(height, width), sought, offered)
            to, source = ((places // width, places % width) for places in (rows, chosen))
            copied[i] = _copy_windows(expected[i], torch.stack([*to, *source], 1), factor)
        hole = (mask > 0).to(expected)
        missing = _smooth((expected - copied) * hole, factor) / _smooth(hole, factor).clamp_min(1e-4)
        return torch.where(mask > 0, torch.lerp(expected, copied + missing, _STRENGTH), expected)


def _attend(queries: Tensor, keys: Tensor) -> Tensor:
    """(N,) the key of most weight for every query; queries, keys: (d, N), (d, M).

    A key that many queries choose loses weight, twice: a window that is copied over and over shows as a grid.
    """
    weary = keys.new_zeros(keys.shape[1])
    chosen = keys.new_zeros(0, dtype=torch.long)
    for _ in range(_PASSES):
        chosen = torch.cat([(part.T @ keys - weary).argmax(1) for part in queries.split(_CHUNK, 1)])
        weary = weary + _WEARINESS * chosen.bincount(minlength=len(weary)).to(keys).log1p()
    return chosen


def _agree(chosen: Tensor, rows: Tensor, known: Tensor, queries: Tensor, keys: Tensor) -> Tensor:
    """Better sources for the windows `rows`, from `chosen`: what a neighbor copies, moved along, is tried in
    turn, and preferred the more neighbors copy from the same piece of the photo (as PatchMatch propagates,
    Barnes et al. 2009). Pieces grow together instead of one window being repeated."""
    across, every = known.shape[1], _STEP // STRIDE
    shape = (-(-known.shape[0] // every) + 2, -(-across // every) + 2)
    top, left = rows // across, rows % across
    y, x = top // every + 1, left // every + 1
    nowhere = -(10**6)
    sources = torch.full((2, *shape), nowhere, device=rows.device)
    sources[:, y, x] = torch.stack([chosen // across, chosen % across])
    asked = queries[:, rows]
    for _ in range(_ROUNDS):
        moved = torch.stack(
            [
                sources[:, y + dy, x + dx] - every * rows.new_tensor([[dy], [dx]])
                for dy in (-1, 0, 1)
                for dx in (-1, 0, 1)
                if (dy, dx) != (0, 0)
            ]
        )
        tried = torch.cat([sources[None, :, y, x], moved])
        inside = (tried >= 0).all(1) & (tried[:, 0] < known.shape[0]) & (tried[:, 1] < across)
        place = torch.where(inside, tried[:, 0] * across + tried[:, 1], 0)
        score = torch.stack([(asked * keys[:, where]).sum(0) for where in place])
        agreeing = (tried[:, None] == moved[None]).all(2).sum(1)
        score = score + _AGREEMENT * agreeing
        score = score.masked_fill(~(inside & known.flatten()[place]), -math.inf)
        best = score.argmax(0)
        sources[:, y, x] = tried.gather(0, best[None, None].expand(1, 2, -1))[0]
    return sources[0, y, x] * across + sources[1, y, x]


def _neighborhoods(features: Tensor) -> Tensor:
    batch, _, height, width = features.shape
    return F.unfold(features, 3, dilation=_STEP // STRIDE, padding=_STEP // STRIDE).view(
        batch, -1, height, width
    )


def _descriptors(photo: Tensor, unit: float) -> Tensor:
    """(B, 193, h, w): looks of windows; their squared distance is the mean squared difference in `unit`."""
    small = F.avg_pool2d(photo / unit, 2)
    half = _WINDOW // 2
    batch, _, height, width = photo.shape
    shape = (batch, -1, height // STRIDE, width // STRIDE)
    padded = F.pad(small, (_PAD // 2,) * 4, mode="reflect")
    looks = F.unfold(padded, half, stride=STRIDE // 2).view(shape) / math.sqrt(3 * half**2)
    gray = photo.mean(1, keepdim=True)
    fine = (gray - F.avg_pool2d(gray, 5, 1, 2, count_include_pad=False)).square()
    energy = F.avg_pool2d(F.pad(fine, (_PAD,) * 4, mode="reflect"), _WINDOW, STRIDE)
    return torch.cat([looks, math.sqrt(_TEXTURE) * (energy + 1e-5).log()], 1)


def _places(mask: Tensor) -> tuple[Tensor, Tensor]:
    """(B, N) bool each: windows that reach into the hole, of those every other along both axes; and windows
    wholly known and wholly inside the picture."""
    hole = F.pad((mask > 0).float(), (_PAD,) * 4, value=2.0)
    most = F.max_pool2d(hole, _WINDOW, STRIDE)
    inner = F.max_pool2d(F.pad((mask > 0).float(), (_PAD,) * 4), _WINDOW, STRIDE) > 0
    every = _STEP // STRIDE
    asked = torch.zeros_like(inner)
    asked[..., ::every, ::every] = inner[..., ::every, ::every]
    return asked.flatten(1), (most == 0).flatten(1)


def _copy_windows(picture: Tensor, moves: Tensor, factor: int) -> Tensor:
    """picture: (3, H, W); moves: (N, 4), rows and columns of windows and of their sources, in features.
    Returns the cross-faded windows, (3, H, W); 0 where there are none."""
    size, stride, pad = _WINDOW * factor, STRIDE * factor, _PAD * factor
    axis = torch.arange(size, device=picture.device, dtype=picture.dtype)
    fade = (math.pi * (axis + 0.5) / size).sin().square()
    weight = fade[:, None] * fade
    _, height, width = picture.shape
    padded = F.pad(picture[None], (pad,) * 4, mode="reflect")[0]
    total = padded.new_zeros(4, height + 2 * pad, width + 2 * pad)
    # One by one: for a hole of many megapixels all windows together would take gigabytes.
    for top, left, source_top, source_left in (moves * stride).tolist():
        source = padded[:, source_top : source_top + size, source_left : source_left + size]
        part = total[:, top : top + size, left : left + size]
        part[:3] += source * weight
        part[3] += weight
    total = total[:, pad : pad + height, pad : pad + width]
    return total[:3] / total[3:].clamp_min(1e-6)


def _smooth(image: Tensor, factor: int) -> Tensor:
    """Gaussian of σ = `_COARSE` · factor."""
    sigma = _COARSE * factor
    radius = round(2.5 * sigma)
    axis = torch.arange(-radius, radius + 1, device=image.device, dtype=image.dtype)
    taps = torch.exp(-axis.square() / (2 * sigma**2))
    taps = (taps / taps.sum()).expand(image.shape[1], 1, 1, -1)
    across = F.conv2d(image, taps, padding=(0, radius), groups=image.shape[1])
    return F.conv2d(across, taps.transpose(2, 3), padding=(radius, 0), groups=image.shape[1])
