package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps the TorchScript sources readable, for those who have no ruff; see ruff.toml. */
class ProgramStyleTest {

    private static final Path SOURCES = Path.of("src/main/resources/org/realm4knime/engine/torch");
    private static final int LONGEST_LINE = 120;
    private static final int LONGEST_FILE = 400;

    /** A function with its signature, and its docstring if it has one. */
    private static final Pattern FUNCTION =
            Pattern.compile("(?ms)^def (\\w+)\\((.*?)\\) -> ([^\\n]*):\\n(?:    \"\"\"(.*?)\"\"\")?");

    private static final Pattern NAMED_TUPLE = Pattern.compile("(?m)^class (\\w+)\\(NamedTuple\\):\\n(    \"\"\")?");

    /** Operators and methods of tensors, written as functions. */
    private static final Pattern PREFIX = Pattern.compile("\\btorch\\.(?:add|sub|rsub|mul|div|neg|matmul|__and__|__or__"
            + "|bitwise_not|logical_not|lt|le|gt|ge|eq|ne|len|size|dim|numel|slice|narrow|select|view|reshape"
            + "|permute|flatten|squeeze|unsqueeze|transpose|t|expand|repeat|exp|sqrt|rsqrt|sum|any|all|to"
            + "|masked_fill|gather|index_select"
            + "|\\w*[a-z]_(?=\\())\\((?!.*out=)");

    private static final Pattern CONSTANT = Pattern.compile("\\bconfig\\.([a-z]\\w*)");
    private static final Pattern FIELD = Pattern.compile("(?m)^    (\\w+): ");

    static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".py")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void filesAndLinesAreShort(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);

        assertThat(lines).hasSizeLessThanOrEqualTo(LONGEST_FILE).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(LONGEST_LINE)
                .doesNotContain("\t")
                .doesNotEndWith(" "));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void operatorsAreInfixAndMethodsAreMethods(Path file) throws IOException {
        List<String> found = Files.readAllLines(file).stream()
                .filter(line -> PREFIX.matcher(line).find() && !line.contains("torch._"))
                .toList();

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void filesFunctionsAndNamedTuplesSayWhatTheyAre(Path file) throws IOException {
        String text = Files.readString(file);

        assertThat(text).startsWith("\"\"\"");
        assertThat(NAMED_TUPLE.matcher(text).results())
                .allSatisfy(m -> assertThat(m.group(2)).as(m.group(1)).isNotNull());
        assertThat(FUNCTION.matcher(text).results())
                .allSatisfy(m -> assertThat(m.group(4)).as(m.group(1)).isNotBlank());
    }

    /** A function that takes and returns tensors says of which shapes, unless named tuples do. */
    @ParameterizedTest
    @MethodSource("sources")
    void docstringsGiveShapes(Path file) throws IOException {
        List<String> without = FUNCTION.matcher(Files.readString(file))
                .results()
                .filter(ProgramStyleTest::takesAndReturnsTensors)
                .filter(m -> !m.group(4).contains("["))
                .map(m -> m.group(1))
                .toList();

        assertThat(without).isEmpty();
    }

    private static boolean takesAndReturnsTensors(MatchResult function) {
        Pattern bare = Pattern.compile("(?<!\\[)\\bTensor\\b(?!\\])");
        return bare.matcher(function.group(2)).find()
                && bare.matcher(function.group(3)).find();
    }

    /** config.py, which is not compiled, declares what Java writes into the programs, and no more. */
    @Test
    void configDeclaresTheConstantsOfAProgram() throws IOException {
        DecoderConfig config = ModelFixtures.configs().get("llama");
        LoraSettings lora = new LoraSettings(2, 4, 0.1, EnumSet.allOf(LoraTarget.class), false);
        Set<String> given = new TreeSet<>(DecoderProgram.constants(config).keySet());
        given.addAll(LoraLayout.constants(config, lora).keySet());
        Set<String> declared = matches(FIELD, Files.readString(SOURCES.resolve("config.py")));

        assertThat(declared).isEqualTo(given);
        assertThat(used()).isEqualTo(given);
    }

    private static Set<String> used() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : sources().toList()) {
            texts.add(Files.readString(file));
        }
        Set<String> used = matches(CONSTANT, String.join("\n", texts));
        used.remove("name"); // the docstring's
        used.remove("py");
        return used;
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
