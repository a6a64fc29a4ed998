"""Products of small integers, 64 at once: a wide word seen as 64 bytes.

The instructions are those of any machine. LLVM makes of them one that multiplies and
adds 32 numbers where there is one (AVX-512 VNNI), or the nearest that there is.
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
    """Add the products of the bytes of two wide words, with their signs.

    Each of the 16 sums, 32 bits in a wide word, takes the products of four bytes: at
    most 2**16, so that 2**14 calls cannot overflow it.
    """

    def generate(context, builder, signature, args):
        sums = builder.bitcast(args[0], _SUMS)
        first, second = (builder.bitcast(word, _BYTES) for word in args[1:])
        for start in (0, BYTES // 2):
            part = range(start, start + BYTES // 2)
            a, b = (
                builder.sext(_take(builder, word, part), _PRODUCTS)
                for word in (first, second)
            )
            products = builder.mul(a, b)
            even = _take(builder, products, range(0, BYTES // 2, 2))
            odd = _take(builder, products, range(1, BYTES // 2, 2))
            sums = builder.add(sums, builder.add(even, odd))
        return builder.bitcast(sums, args[0].type)

    return sums(sums, first, second), generate


@intrinsic
def add_pairs(typingctx, sums):
    """Add the 32-bit sums two by two: one of 64 bits in each lane."""

    def generate(context, builder, signature, args):
        word = args[0]
        half = ir.Constant(word.type, [32] * wide.LANES)
        low = builder.ashr(builder.shl(word, half), half)
        return builder.add(low, builder.ashr(word, half))

    return sums(sums), generate


def _take(builder, vector, which):
    """Take the numbers at some places out of a vector of LLVM."""
    places = ir.Constant(ir.VectorType(_INDEX, len(which)), list(which))
    undefined = ir.Constant(vector.type, ir.Undefined)
    return builder.shuffle_vector(vector, undefined, places)
