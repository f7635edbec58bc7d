package io.computronium.cli.home;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The log of one node: a file in its home from level info on, and standard error from the
 * configured level on. Standard output stays clean.
 *
 * <p>The file is at most 16 MiB and has three predecessors. Several nodes in a process each write a
 * file of their own; whose line it is shows in the name of the thread, which has the node's name in
 * it.
 */
final class NodeLog implements AutoCloseable {

    private static final String PATTERN =
            "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{0} %msg%n";
    private static final String STDERR = "STDERR";
    private static final long MAX_BYTES = 16L << 20;
    private static final int PREDECESSORS = 3;

    private final Logger root;
    private final RollingFileAppender<ILoggingEvent> file;

    private NodeLog(Logger root, RollingFileAppender<ILoggingEvent> file) {
        this.root = root;
        this.file = file;
    }

    /**
     * Begins to log.
     *
     * @param node the node's name
     * @param alone whether it is the only node of the process, so that all lines are about it
     * @param level what standard error gets, in lower case
     */
    static NodeLog open(Path path, String node, boolean alone, String level) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var threshold = Level.toLevel(level, Level.INFO);
        root.setLevel(threshold.isGreaterOrEqual(Level.INFO) ? Level.INFO : threshold);
        toStandardError(context, root, threshold);
        var file = file(context, path);
        if (!alone) {
            file.addFilter(new Mine(node));
        }
        file.start();
        root.addAppender(file);
        return new NodeLog(root, file);
    }

    @Override
    public void close() {
        root.detachAppender(file);
        file.stop();
    }

    private static void toStandardError(LoggerContext context, Logger root, Level threshold) {
        root.detachAppender(STDERR);
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setName(STDERR);
        appender.setTarget("System.err");
        var filter = new ThresholdFilter();
        filter.setLevel(threshold.levelStr);
        filter.start();
        appender.addFilter(filter);
        prepare(context, appender);
        appender.start();
        root.addAppender(appender);
    }

    private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, Path path) {
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setFile(path.toString());
        prepare(context, appender);
        var names = new FixedWindowRollingPolicy();
        names.setContext(context);
        names.setParent(appender);
        names.setFileNamePattern(path + ".%i");
        names.setMaxIndex(PREDECESSORS);
        names.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(MAX_BYTES));
        size.start();
        appender.setRollingPolicy(names);
        appender.setTriggeringPolicy(size);
        return appender;
    }

    private static void prepare(
            LoggerContext context, OutputStreamAppender<ILoggingEvent> appender) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
    }

    /** Lets lines of one node's threads through. */
    private static final class Mine extends Filter<ILoggingEvent> {
        private final String node;

        Mine(String node) {
            this.node = node;
        }

        @Override
        public FilterReply decide(ILoggingEvent event) {
            return isOf(node, event.getThreadName()) ? FilterReply.NEUTRAL : FilterReply.DENY;
        }
    }

    /** Whether a thread's name has the node's in it, and not only a longer one's beginning. */
    static boolean isOf(String node, String thread) {
        int start = thread.indexOf(node);
        int end = start + node.length();
        return start >= 0
                && (end == thread.length() || !Character.isLetterOrDigit(thread.charAt(end)));
    }
}
