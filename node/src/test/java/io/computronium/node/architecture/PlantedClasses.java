package io.computronium.node.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Classes made for a test out of source text, so that they can claim any package without being part
 * of the module that owns it.
 */
final class PlantedClasses {
    private PlantedClasses() {}

    /** Compiles {@code sources}, fully qualified name to text, into {@code folder}. */
    static JavaClasses compile(Map<String, String> sources, Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<? extends JavaFileObject> files =
                sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
        List<String> options =
                List.of(
                        "-d", folder.toString(),
                        "-classpath", System.getProperty("java.class.path", ""),
                        "-proc:none", "-nowarn");
        assertTrue(
                Optional.ofNullable(compiler.getTask(null, null, null, options, null, files).call())
                        .orElse(false),
                "the planted classes must compile");
        return new ClassFileImporter().importPath(folder);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
