"""The sizes of the networks, as model files hold them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LabelConfig:
    """Sizes of the label encoder.

    width: of a token. layers, heads: of the transformer that mixes the tokens, 0 layers
    for tokens that are not mixed. activation_labels: whether the
    binary labels are given (the paper's choice) or the intensities alone (its ablation). log_statistics:
    whether the deviations of L*a*b* are given as logarithms, since color transfer scales by their ratio.
    """

    width: int = 64
    layers: int = 2
    heads: int = 4
    activation_labels: bool = True
    log_statistics: bool = False


@dataclass(frozen=True)
class UNetConfig:
    """Sizes of the U-Net.

    unshuffle: pixels per side that are folded into channels before the trunk. widths: channels per level,
    each at half the resolution of the one before. blocks: residual blocks per level and direction. attention:
    levels (0 = finest) whose blocks attend to the label tokens. self_attention: levels with attention between
    positions. branch: channels of the full-resolution branch. filters: learned filters of the noisy state
    that the branch mixes pixel by pixel, 0 for none. embedding: width of the noise and label embedding.
    cross_attention: labels enter by attention (the paper) or, if False, by modulation alone.
    """

    unshuffle: int = 4
    widths: tuple[int, ...] = (48, 96, 128, 160)
    blocks: int = 1
    attention: tuple[int, ...] = (2, 3)
    self_attention: tuple[int, ...] = ()
    branch: int = 16
    filters: int = 4
    embedding: int = 128
    cross_attention: bool = True

    @property
    def multiple(self) -> int:
        """Heights and widths of the input must be multiples of this, px."""
        return self.unshuffle * 2 ** (len(self.widths) - 1)
