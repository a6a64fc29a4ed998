"""Dot products of small integers: wide words viewed as 64 signed bytes.

The code is portable LLVM; the compiler selects the machine's instruction that
multiplies and adds in one step (such as AVX-512 VNNI), if it has one.
"""

from llvmlite import ir
from numba.extending import intrinsic

from pixelwalk.compute import wide

#: Bytes of a wide word.
BYTES = wide.BITS // 8

_INDEX = ir.IntType(32)
_BYTES = ir.VectorType(ir.IntType(8), BYTES)
_PRODUCTS = ir.VectorType(ir.IntType(32), BYTES // 2)
_SUMS = ir.VectorType(ir.IntType(32), BYTES // 4)


@intrinsic
def dot(typingctx, sums, first, second):
    """Add the products of the signed bytes of two wide words to 16 partial sums.

    Each sum, 32 bits of a wide word, receives four products, in total at most 2**16 in
    size; so 2**14 calls cannot overflow it.
    """

    def generate(context, builder, signature, args):
        sums = builder.bitcast(args[0], _SUMS)
        first, second = (builder.bitcast(word, _BYTES) for word in args[1:])
        for start in (0, BYTES // 2):
            part = range(start, start + BYTES // 2)
            a, b = (
                builder.sext(_select(builder, word, part), _PRODUCTS)
                for word in (first, second)
            )
            products = builder.mul(a, b)
            even = _select(builder, products, range(0, BYTES // 2, 2))
            odd = _select(builder, products, range(1, BYTES // 2, 2))
            sums = builder.add(sums, builder.add(even, odd))
        return builder.bitcast(sums, args[0].type)

    return sums(sums, first, second), generate


@intrinsic
def add_pairs(typingctx, sums):
    """Add pairs of 32-bit sums: one sum of 64 bits in each lane."""

    def generate(context, builder, signature, args):
        word = args[0]
        half = ir.Constant(word.type, [32] * wide.LANES)
        low = builder.ashr(builder.shl(word, half), half)
        return builder.add(low, builder.ashr(word, half))

    return sums(sums), generate


def _select(builder, vector, positions):
    """Return the numbers at given positions of an LLVM vector."""
    mask = ir.Constant(ir.VectorType(_INDEX, len(positions)), list(positions))
    undefined = ir.Constant(vector.type, ir.Undefined)
    return builder.shuffle_vector(vector, undefined, mask)
