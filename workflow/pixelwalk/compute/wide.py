"""Wide words for compiled kernels: one value of 512 bits, in eight lanes of 64 bits.

LLVM maps a wide word to vector registers: one with AVX-512, two with AVX2, four with
NEON or SSE. Inside a function that numba compiles, ``&``, ``|``, ``^``,
``~`` and ``+`` (lane by lane, modulo 2**64) work on wide words as on integers.
"""

import operator

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, overload, register_model
from numba.np import arrayobj

#: Number of lanes and of bits of a wide word.
LANES = 8
BITS = 64 * LANES

_WORD = ir.IntType(64)
_VECTOR = ir.VectorType(_WORD, LANES)


class _WideType(types.Type):
    def __init__(self):
        super().__init__(name="wide")


_wide = _WideType()


@register_model(_WideType)
class _WideModel(models.PrimitiveModel):
    def __init__(self, dmm, fe_type):
        super().__init__(dmm, fe_type, _VECTOR)


def _lane_by_lane(symbol, instruction):
    """Overload an operator on two wide words by an instruction of LLVM."""

    @intrinsic
    def apply(typingctx, first, second):
        def generate(context, builder, signature, args):
            return getattr(builder, instruction)(*args)

        return _wide(first, second), generate

    @overload(symbol)
    def operate(first, second):
        if first == _wide and second == _wide:
            return lambda first, second: apply(first, second)


_lane_by_lane(operator.and_, "and_")
_lane_by_lane(operator.or_, "or_")
_lane_by_lane(operator.xor, "xor")
_lane_by_lane(operator.add, "add")


@intrinsic
def _complement(typingctx, word):
    def generate(context, builder, signature, args):
        return builder.not_(args[0])

    return _wide(word), generate


@overload(operator.invert)
def _invert(word):
    if word == _wide:
        return lambda word: _complement(word)


@intrinsic
def splat(typingctx, word):
    """Return a wide word with the same 64-bit word in each lane."""

    def generate(context, builder, signature, args):
        return _splat(builder, args[0])

    return _wide(types.uint64), generate


@intrinsic(prefer_literal=True)
def left(typingctx, word, by):
    """Shift each lane left by a literal number of bits."""
    return _shift(word, by, lambda builder, x, n: builder.shl(x, _constant(n)))


@intrinsic(prefer_literal=True)
def right(typingctx, word, by):
    """Shift each lane right by a literal number of bits, filling with zeros."""
    return _shift(word, by, lambda builder, x, n: builder.lshr(x, _constant(n)))


@intrinsic(prefer_literal=True)
def rotate(typingctx, word, by):
    """Rotate each lane left by a literal number of bits."""

    def rotated(builder, x, n):
        high, low = builder.shl(x, _constant(n)), builder.lshr(x, _constant(64 - n))
        return builder.or_(high, low)

    return _shift(word, by, rotated)


@intrinsic
def popcount(typingctx, word):
    """Count the bits that are set, in each lane."""

    def generate(context, builder, signature, args):
        return _call(builder, "llvm.ctpop.v8i64", _VECTOR, args)

    return _wide(word), generate


@intrinsic
def total(typingctx, word):
    """Return the sum of the lanes, modulo 2**64."""

    def generate(context, builder, signature, args):
        return _call(builder, "llvm.vector.reduce.add.v8i64", _WORD, args)

    return types.int64(word), generate


@intrinsic
def any_set(typingctx, word):
    """Return whether any bit is set."""

    def generate(context, builder, signature, args):
        union = _call(builder, "llvm.vector.reduce.or.v8i64", _WORD, args)
        return builder.icmp_unsigned("!=", union, ir.Constant(_WORD, 0))

    return types.boolean(word), generate


@intrinsic
def load(typingctx, words, start):
    """Load ``words[start : start + 8]`` of a flat array of uint64 as a wide word."""

    def generate(context, builder, signature, args):
        word = builder.load(_address(context, builder, signature, args))
        word.align = 8  # numpy aligns an array only to its items
        return word

    return _wide(words, types.intp), generate


@intrinsic
def store(typingctx, words, start, word):
    """Store a wide word in ``words[start : start + 8]``."""

    def generate(context, builder, signature, args):
        stored = builder.store(args[2], _address(context, builder, signature, args))
        stored.align = 8
        return context.get_dummy_value()

    return types.void(words, types.intp, word), generate


def _shift(word, by, emit):
    """Return type and code generator of a shift; `by` is a literal integer of numba."""

    def generate(context, builder, signature, args):
        return emit(builder, args[0], by.literal_value)

    return _wide(word, by), generate


def _constant(number):
    return ir.Constant(_VECTOR, [number] * LANES)


def _splat(builder, word):
    undefined = ir.Constant(_VECTOR, ir.Undefined)
    first = builder.insert_element(undefined, word, cgutils.int32_t(0))
    lanes = ir.Constant(ir.VectorType(cgutils.int32_t, LANES), [0] * LANES)
    return builder.shuffle_vector(first, undefined, lanes)


def _call(builder, name, result, args):
    kind = ir.FunctionType(result, [_VECTOR])
    function = cgutils.get_or_insert_function(builder.module, kind, name)
    return builder.call(function, args)


def _address(context, builder, signature, args):
    array = arrayobj.make_array(signature.args[0])(context, builder, args[0])
    return builder.bitcast(builder.gep(array.data, [args[1]]), _VECTOR.as_pointer())
