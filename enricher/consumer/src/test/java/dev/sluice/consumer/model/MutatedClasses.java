package dev.sluice.consumer.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The consumer's classes once more, with those of a mutant in place of the real ones, and the model
 * around them.
 */
final class MutatedClasses extends ClassLoader {
  private static final String PACKAGE = "dev.sluice.consumer.";
  private static final Path SOURCES = Path.of("src/main/java/dev/sluice/consumer");

  private final Map<String, byte[]> mutated;

  private MutatedClasses(Map<String, byte[]> mutated) {
    super(MutatedClasses.class.getClassLoader());
    this.mutated = mutated;
  }

  /**
   * @throws AssertionError if an edit does not apply, or does not compile
   */
  static MutatedClasses of(Mutant mutant) throws IOException {
    var sources = new LinkedHashMap<String, String>();
    for (Mutant.Edit edit : mutant.edits()) {
      String source = sources.get(edit.file());
      if (source == null) {
        source = Files.readString(SOURCES.resolve(edit.file() + ".java"));
      }
      sources.put(edit.file(), apply(mutant, edit, source));
    }
    return new MutatedClasses(compile(mutant, sources));
  }

  private static String apply(Mutant mutant, Mutant.Edit edit, String source) {
    String pattern =
        Stream.of(edit.from().split("(?<=[(.])|(?=[).])|\\s+"))
            .filter(part -> !part.isEmpty())
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s*"));
    Matcher matcher = Pattern.compile(pattern).matcher(source);
    if (matcher.results().count() != 1) {
      throw new AssertionError(
          mutant + " does not apply to " + edit.file() + " exactly once: " + edit.from());
    }
    return matcher.reset().replaceFirst(Matcher.quoteReplacement(edit.to()));
  }

  private static Map<String, byte[]> compile(Mutant mutant, Map<String, String> sources)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new AssertionError("mutants need the compiler of a JDK");
    }
    var messages = new StringWriter();
    try (var files = new InMemory(compiler.getStandardFileManager(null, null, null))) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path")),
                  null,
                  sources.entrySet().stream()
                      .map(source -> new Source(source.getKey(), source.getValue()))
                      .toList())
              .call();
      if (!compiled) {
        throw new AssertionError(mutant + " does not compile: " + messages);
      }
      return files.classes();
    }
  }

  /** A source file in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(URI.create("memory:///dev/sluice/consumer/" + file + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what is compiled. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> outputs = new HashMap<>();

    InMemory(JavaFileManager manager) {
      super(manager);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          var bytes = new ByteArrayOutputStream();
          outputs.put(className, bytes);
          return bytes;
        }
      };
    }

    Map<String, byte[]> classes() {
      return outputs.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toByteArray()));
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE) || name.equals(LogLines.class.getName())) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = mutated.get(name);
    if (bytes == null) {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        bytes = in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
