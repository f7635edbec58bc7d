package io.computronium.consensus.mutation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A change to one method of a class.
 *
 * @param type the class's binary name
 * @param method all methods of this name that hold what is to change; lambdas in it excluded
 */
record Patch(String type, String method, MethodChange change) {

    static final String CONSENSUS = "io.computronium.consensus.";

    /** How a method changes; adds to the counter for each change. */
    @FunctionalInterface
    interface MethodChange {
        MethodTransform transform(MethodModel method, AtomicInteger changes);
    }

    /** The class with the change. */
    byte[] apply(byte[] bytes) {
        ClassFile file = ClassFile.of();
        ClassModel model = file.parse(bytes);
        var changes = new AtomicInteger();
        byte[] patched =
                file.transformClass(
                        model,
                        (builder, element) -> {
                            if (element instanceof MethodModel m
                                    && m.methodName().equalsString(method)) {
                                builder.transformMethod(m, change.transform(m, changes));
                            } else {
                                builder.with(element);
                            }
                        });
        if (changes.get() == 0) {
            throw new IllegalStateException("nothing to patch in " + type + "." + method);
        }
        return patched;
    }

    /** The method does nothing but return this: a number for numbers and truth, or null. */
    static Patch returns(String type, String method, int value) {
        return new Patch(
                type,
                method,
                (model, changes) ->
                        (builder, element) -> {
                            if (element instanceof java.lang.classfile.CodeModel) {
                                changes.incrementAndGet();
                                ClassDesc result = model.methodTypeSymbol().returnType();
                                builder.withCode(code ->
                                        push(code, result, value).return_(TypeKind.from(result)));
                            } else {
                                builder.with(element);
                            }
                        });
    }

    /** A call is not made; where its result is needed there is this value. */
    static Patch skipsCall(String type, String method, String callee, int value) {
        return replacesCall(
                type,
                method,
                callee,
                -1,
                (code, call) -> {
                    drop(code, call);
                    push(code, call.typeSymbol().returnType(), value);
                });
    }

    /** As {@link #skipsCall}, of the call with this number in the method alone. */
    static Patch skipsCall(String type, String method, String callee, int number, int value) {
        return replacesCall(
                type,
                method,
                callee,
                number,
                (code, call) -> {
                    drop(code, call);
                    push(code, call.typeSymbol().returnType(), value);
                });
    }

    /** What stands in place of an instruction. */
    @FunctionalInterface
    interface Replacement<I extends Instruction> {
        void write(CodeBuilder code, I instruction);
    }

    /**
     * @param number which of the calls, from 0; -1: all
     */
    static Patch replacesCall(
            String type,
            String method,
            String callee,
            int number,
            Replacement<InvokeInstruction> replacement) {
        var seen = new AtomicInteger();
        return replaces(
                type,
                method,
                InvokeInstruction.class,
                call ->
                        call.name().equalsString(callee)
                                && (number < 0 || seen.getAndIncrement() == number),
                replacement);
    }

    /** A conditional jump has another condition, or is not made at all. */
    static Patch jumps(String type, String method, Opcode from, Opcode to) {
        return replaces(
                type,
                method,
                BranchInstruction.class,
                jump -> jump.opcode() == from,
                (code, jump) -> {
                    if (to == Opcode.POP2) {
                        code.pop2();
                    } else {
                        code.branch(to, jump.target());
                    }
                });
    }

    /** A number is another one. */
    static Patch counts(String type, String method, long from, long to) {
        return replaces(
                type,
                method,
                ConstantInstruction.class,
                constant -> constant.constantValue() instanceof Long value && value == from,
                (code, constant) -> code.loadConstant(to));
    }

    /** A field is not read; there is this value. */
    static Patch reads(String type, String method, String field, int value) {
        return replacesField(
                type,
                method,
                field,
                Opcode.GETFIELD,
                (code, read) -> push(code.pop(), read.typeSymbol(), value));
    }

    static Patch replacesField(
            String type,
            String method,
            String field,
            Opcode access,
            Replacement<FieldInstruction> replacement) {
        return replaces(
                type,
                method,
                FieldInstruction.class,
                f -> f.opcode() == access && f.name().equalsString(field),
                replacement);
    }

    private static <I extends Instruction> Patch replaces(
            String type,
            String method,
            Class<I> kind,
            Predicate<I> which,
            Replacement<I> replacement) {
        return new Patch(
                type,
                method,
                (model, changes) ->
                        MethodTransform.transformingCode(
                                new CodeTransform() {
                                    @Override
                                    public void accept(CodeBuilder code, CodeElement element) {
                                        if (kind.isInstance(element)
                                                && which.test(kind.cast(element))) {
                                            changes.incrementAndGet();
                                            replacement.write(code, kind.cast(element));
                                        } else {
                                            code.with(element);
                                        }
                                    }
                                }));
    }

    /** Takes the arguments of a call, and its receiver, off the stack. */
    static void drop(CodeBuilder code, InvokeInstruction call) {
        MethodTypeDesc type = call.typeSymbol();
        for (int i = type.parameterCount() - 1; i >= 0; i--) {
            pop(code, type.parameterType(i));
        }
        if (call.opcode() != Opcode.INVOKESTATIC) {
            code.pop();
        }
    }

    private static void pop(CodeBuilder code, ClassDesc type) {
        if (TypeKind.from(type).slotSize() == 2) {
            code.pop2();
        } else {
            code.pop();
        }
    }

    private static CodeBuilder push(CodeBuilder code, ClassDesc type, int value) {
        return switch (TypeKind.from(type)) {
            case VOID -> code;
            case REFERENCE -> code.aconst_null();
            case LONG -> code.loadConstant((long) value);
            default -> code.loadConstant(value);
        };
    }

    /** A class of ours by its binary name. */
    static ClassDesc desc(String type) {
        return ClassDesc.of(type);
    }

    /** For readers of the catalogue: something written in place of a call's result. */
    static Replacement<InvokeInstruction> instead(Consumer<CodeBuilder> value) {
        return (code, call) -> {
            drop(code, call);
            value.accept(code);
        };
    }
}
