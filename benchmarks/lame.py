"""One LAME encode of a whole session, the floor of any renderer that encodes everything: it prints the seconds that took.

The samples are mixed before and read into memory first, so that only the encoder's work is in those seconds.

    python -m benchmarks.lame session.wav out.mp3
"""

from __future__ import annotations

import sys
import time
import wave

import lameenc

from voiceguide.audio import mp3

BITRATE = 64
_BLOCK_S = 1


def main() -> None:
    """Encode the file as the program would in one piece."""
    source, target = sys.argv[1:]
    with wave.open(source) as file:
        rate, channels = file.getframerate(), file.getnchannels()
        samples = file.readframes(file.getnframes())
    started = time.perf_counter()
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(BITRATE)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(channels)
    encoder.set_quality(mp3.QUALITY)
    encoder.silence()
    block = _BLOCK_S * rate * channels * 2
    with open(target, "wb") as out:  # noqa: PTH123 (pathlib is not what is measured)
        starts = range(0, len(samples), block)
        out.writelines(encoder.encode(samples[start : start + block]) for start in starts)
        out.write(encoder.flush())
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main()
