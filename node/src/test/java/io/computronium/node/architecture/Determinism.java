package io.computronium.node.architecture;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.DoubleEntry;
import java.lang.classfile.constantpool.FloatEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the byte code of {@code consensus} and {@code vm} may not contain, because two nodes could
 * then compute different results from the same input: floating point, clocks, randomness, hash
 * order, locales, Unicode tables (they change with the JDK), reflection, threads, I/O, and handlers
 * that survive a stack or heap that ran out.
 *
 * <p>The platform is allowed package by package, so what a later JDK adds is refused until someone
 * has thought about it. Inside the allowed packages {@link #REFUSED_TYPES} and {@link
 * #REFUSED_MEMBERS} take out the rest. All types and members that a class can reach stand in its
 * constant pool; only instructions and exception tables have to be walked besides.
 *
 * <p>Undecidable here, so left to review: whether {@code hashCode} or {@code toString} of some
 * object is the one of {@code Object}.
 */
final class Determinism {
    private static final Pattern ALLOWED_TYPES =
            Pattern.compile(
                    """
                    io/computronium/.*\
                    |org/jspecify/annotations/\\w+\
                    |java/(lang|lang/annotation|lang/constant|lang/runtime|math)/[\\w$]+\
                    |java/util/(function/|stream/)?[\\w$]+\
                    |java/io/(ByteArrayOutputStream|Serializable)\
                    |java/nio/(Buffer\\w*|ByteBuffer|ByteOrder|charset/\\w+)\
                    |java/time/Duration\
                    |java/lang/invoke/(CallSite|ConstantBootstraps|LambdaMetafactory|MethodHandle\
                    |MethodHandles(\\$Lookup)?|MethodType|StringConcatFactory|TypeDescriptor)\
                    """);

    private static final Pattern REFUSED_TYPES =
            Pattern.compile(
                    """
                    java/(lang|util)/(\\w+/)?\\w*(Double|Float)\\w*\
                    |java/lang/(Class(Loader|Value)|InheritableThreadLocal|Module\\w*|Process\\w*\
                    |Runtime|ScopedValue|StackWalker|StrictMath|Thread\\w*)(\\$.*)?\
                    |java/util/(HashMap|HashSet|Hashtable|IdentityHashMap|WeakHashMap\
                    |Random|SplittableRandom|UUID|Timer|TimerTask|Locale|Formatter|Scanner\
                    |Date|Calendar|GregorianCalendar|TimeZone|Currency\
                    |Properties|ServiceLoader|ResourceBundle)(\\$.*)?\
                    """);

    /** Over {@code owner.name} followed by the descriptor. */
    private static final Pattern REFUSED_MEMBERS =
            Pattern.compile(
                    """
                    java/lang/System\\.(?!arraycopy).*\
                    |java/lang/Class\\.(?!(getSimpleName|getName|isInstance|cast)\\().*\
                    |java/lang/Object\\.(wait|notify|notifyAll)\\(.*\
                    |java/lang/String\\.(format|formatted|toLowerCase|toUpperCase\
                    |equalsIgnoreCase|compareToIgnoreCase)\\(.*\
                    |java/lang/Character\\.(?!(valueOf|charValue|compare|hashCode|forDigit)\\().*\
                    |java/lang/invoke/(?!LambdaMetafactory|StringConcatFactory|ConstantBootstraps).*\
                    |java/util/(Set|Map)\\.(of|ofEntries|copyOf)\\(.*\
                    |java/util/stream/Collectors\\.to(Unmodifiable)?Set\\(.*\
                    |java/util/stream/Collectors\\.(to(Unmodifiable)?Map|groupingBy)\
                    \\((?!.*Supplier).*\
                    |java/util/Collections\\.shuffle\\(.*\
                    |java/nio/ByteOrder\\.nativeOrder\\(.*\
                    |java/nio/charset/Charset\\.(defaultCharset|availableCharsets|forName)\\(.*\
                    |.*\\.(parallel|parallelStream|parallelSort|parallelPrefix|parallelSetAll)\\(.*\
                    """);

    /** Catching one of these goes on after a stack or heap that differs between nodes ran out. */
    private static final Pattern REFUSED_HANDLERS =
            Pattern.compile(
                    "java/lang/(Throwable|((|VirtualMachine|StackOverflow|OutOfMemory|Internal"
                            + "|Assertion)Error))");

    /** FADD, DCONST_0, I2F, DCMPG and so on, but not DUP_X1. */
    private static final Pattern FLOATING_OPCODES = Pattern.compile("(F|D(?!UP)).*|\\w2[FD]");

    private static final Pattern DESCRIPTOR_TYPES = Pattern.compile("L([^;]+);");

    private Determinism() {}

    /** What {@code type} contains that it may not, in words; empty when it keeps the law. */
    static List<String> findings(ClassModel type) {
        List<String> findings = new ArrayList<>();
        for (PoolEntry entry : type.constantPool()) {
            inspect(entry, findings);
        }
        type.fields()
                .forEach(field -> inspectDescriptor(field.fieldType().stringValue(), findings));
        for (MethodModel method : type.methods()) {
            inspectDescriptor(method.methodType().stringValue(), findings);
            method.code()
                    .ifPresent(code -> inspect(method.methodName().stringValue(), code, findings));
        }
        String name = type.thisClass().asInternalName();
        return findings.stream().distinct().map(finding -> name + ": " + finding).toList();
    }

    private static void inspect(PoolEntry entry, List<String> findings) {
        switch (entry) {
            case FloatEntry constant -> findings.add("float constant " + constant.floatValue());
            case DoubleEntry constant -> findings.add("double constant " + constant.doubleValue());
            case ClassEntry type -> inspectType(type.asInternalName(), findings);
            case NameAndTypeEntry member ->
                    inspectDescriptor(member.type().stringValue(), findings);
            case MethodTypeEntry type ->
                    inspectDescriptor(type.descriptor().stringValue(), findings);
            case MemberRefEntry member -> {
                String reference =
                        member.owner().asInternalName() + "." + member.name().stringValue();
                String descriptor = member.type().stringValue();
                String separator = descriptor.startsWith("(") ? "" : " ";
                if (REFUSED_MEMBERS.matcher(reference + separator + descriptor).matches()) {
                    findings.add("refers to " + reference);
                }
            }
            default -> {}
        }
    }

    private static void inspectType(String internalName, List<String> findings) {
        if (internalName.startsWith("[")) {
            inspectDescriptor(internalName, findings);
        } else if (!ALLOWED_TYPES.matcher(internalName).matches()
                || REFUSED_TYPES.matcher(internalName).matches()) {
            findings.add("refers to " + internalName);
        }
    }

    private static void inspectDescriptor(String descriptor, List<String> findings) {
        Matcher types = DESCRIPTOR_TYPES.matcher(descriptor);
        while (types.find()) {
            inspectType(types.group(1), findings);
        }
        String primitives = types.replaceAll("");
        if (primitives.contains("F") || primitives.contains("D")) {
            findings.add("float or double in descriptor " + descriptor);
        }
    }

    private static void inspect(String method, CodeModel code, List<String> findings) {
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                Opcode opcode = instruction.opcode();
                if (FLOATING_OPCODES.matcher(opcode.name()).matches()) {
                    findings.add("instruction " + opcode + " in " + method);
                }
            }
            if (element instanceof MonitorInstruction) {
                findings.add("synchronized block in " + method);
            }
        }
        for (ExceptionCatch handler : code.exceptionHandlers()) {
            handler.catchType()
                    .map(ClassEntry::asInternalName)
                    .filter(caught -> REFUSED_HANDLERS.matcher(caught).matches())
                    .filter(_ -> !throwsMatchException(code, handler.handler()))
                    .ifPresent(caught -> findings.add("catches " + caught + " in " + method));
        }
    }

    /**
     * Whether the handler is the one that javac writes around the accessors of a record pattern: it
     * stores what it caught and at once makes a {@code MatchException} of it.
     */
    private static boolean throwsMatchException(CodeModel code, Label handler) {
        return code.elementStream()
                .dropWhile(
                        e -> !(e instanceof LabelTarget target && target.label().equals(handler)))
                .filter(Instruction.class::isInstance)
                .skip(1)
                .findFirst()
                .filter(NewObjectInstruction.class::isInstance)
                .map(NewObjectInstruction.class::cast)
                .filter(made ->
                        made.className().asInternalName().equals("java/lang/MatchException"))
                .isPresent();
    }
}
