package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/** Adapters: their start values, merging, and PEFT's format. */
class LoraAdapterTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/lora");
    private static final int[] ROW = {4, 5, 6, 7, 8, 9, 10, 15, 22};
    private static final LoraSettings SETTINGS = LoraSettings.of(3, 6);
    private static final LoraSettings FEW =
            new LoraSettings(2, 3, 0.1, EnumSet.of(LoraTarget.K_PROJ, LoraTarget.UP_PROJ), true);

    /** Of a model that has gate and up as one projection. */
    private static final LoraSettings FEW_FUSED =
            new LoraSettings(2, 3, 0.1, EnumSet.of(LoraTarget.O_PROJ, LoraTarget.GATE_PROJ, LoraTarget.UP_PROJ), true);

    @TempDir
    private Path folder;

    /** Contents of logits.json: what transformers with PEFT computed, see bench/golden/lora.py. */
    private record Golden(int[][] rows, float[][][] logits) {}

    static Stream<String> architectures() {
        return ModelFixtures.configs().keySet().stream();
    }

    /** B random, as training would make it. */
    static LoraAdapter trained(LanguageModel model, LoraSettings settings, long seed) {
        LoraAdapter adapter = model.startAdapter(settings, seed);
        Random random = new Random(seed);
        List<NDArray> base = model.tensors();
        for (int i = 0; i < adapter.tensors().size(); i++) {
            if (adapter.parameters().get(i).role() == Parameter.Role.ADAPTER_UP) {
                float[] values = new float[(int) adapter.parameters().get(i).size()];
                for (int k = 0; k < values.length; k++) {
                    values[k] = (float) (0.3 * random.nextGaussian());
                }
                adapter.tensors().get(i).set(values);
            }
        }
        merge(adapter, base);
        return adapter;
    }

    private static void merge(LoraAdapter adapter, List<NDArray> weights) {
        Progress.unwatched(progress -> {
            adapter.merge(weights, weights, progress);
            return adapter;
        });
    }

    @Test
    void aNewAdapterChangesNothing() {
        try (LanguageModel model = model("llama")) {
            float[][] before = values(model.tensors());

            model.setHistory(
                    new ModelHistory("org/base", "org/base", "", "", List.of(), List.of(), TaughtPrompts.NONE));
            LoraAdapter adapter = model.startAdapter(SETTINGS, 1);
            merge(adapter, model.tensors());

            assertThat(values(model.tensors())).isDeepEqualTo(before);
            assertThat(adapter.baseModel()).isEqualTo("org/base");
            assertThat(model.adapter()).containsSame(adapter);
        }
    }

    @Test
    void startsAsPeftDoes() {
        try (LanguageModel model = model("llama")) {
            LoraAdapter adapter = model.startAdapter(SETTINGS, 1);
            // query, key and value read the hidden size of 32 and share one stacked A
            assertThat(adapter.tensors().get(0).getShape().getShape()).containsExactly(9, 32);
            float[] a = adapter.tensors().get(0).toFloatArray();
            double bound = 1 / Math.sqrt(32);
            double mean = 0;
            double square = 0;
            for (float value : a) {
                assertThat((double) value).isBetween(-bound, bound);
                mean += value / (double) a.length;
                square += value * value / (double) a.length;
            }
            assertThat(mean).isCloseTo(0, within(0.02));
            assertThat(square).isCloseTo(bound * bound / 3, within(0.002)); // variance of a uniform variable
            assertThat(adapter.tensors().get(1).toFloatArray()).containsOnly(0f);
        }
    }

    @Test
    void theSeedDecidesTheStart() {
        try (LanguageModel model = model("llama")) {
            float[] first = model.startAdapter(SETTINGS, 1).tensors().get(0).toFloatArray();
            float[] again = model.startAdapter(SETTINGS, 1).tensors().get(0).toFloatArray();
            float[] other = model.startAdapter(SETTINGS, 2).tensors().get(0).toFloatArray();
            assertThat(again).containsExactly(first);
            assertThat(other).isNotEqualTo(first);
        }
    }

    @Test
    void hasTheScaleOfItsKind() {
        assertThat(LoraSettings.of(8, 16).scale()).isEqualTo(2);
        assertThat(new LoraSettings(16, 8, 0, SETTINGS.targets(), true).scale()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void mergedModelEqualsBasePlusAdapter(String architecture) {
        DecoderConfig config = ModelFixtures.configs().get(architecture);
        LoraSettings few = config.has(Difference.FUSED_PROJECTIONS) ? FEW_FUSED : FEW;
        for (LoraSettings settings : List.of(SETTINGS, few)) {
            try (LanguageModel model = model(architecture)) {
                model.write(folder.resolve("base"));
                trained(model, settings, 4);
                model.writeAdapter(folder.resolve("peft"));
                // plain operators on Hugging Face's tensors: x W^T + scale (x A^T) B^T
                try (DecoderOracle oracle = new DecoderOracle(config, folder.resolve("base"))) {
                    float[][] without = oracle.logits(ROW);
                    float[][] expected = oracle.withAdapter(folder.resolve("peft"), settings.scale())
                            .logits(ROW);
                    assertThat(expected[8][3]).isNotCloseTo(without[8][3], within(1e-3f));
                    DecoderTest.assertClose(DecoderTest.logits(model, ROW)[0], expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "phi3", "gemma3"})
    void computesWhatPeftComputes(String architecture) throws IOException {
        Path golden = GOLDEN.resolve(architecture);
        Golden expected;
        try (Reader reader = Files.newBufferedReader(golden.resolve("logits.json"))) {
            expected = new Gson().fromJson(reader, Golden.class);
        }
        Path base = goldenBase(golden);
        try (LanguageModel model =
                Progress.unwatched(progress -> LanguageModel.read(base, golden.resolve("adapter"), progress))) {
            float[][][] logits = DecoderTest.logits(model, expected.rows());
            for (int row = 0; row < logits.length; row++) {
                DecoderTest.assertClose(logits[row], expected.logits()[row]);
            }
        }
    }

    @Test
    void readsPeftsSettings() throws IOException {
        Path golden = GOLDEN.resolve("qwen2");
        Path base = goldenBase(golden);
        try (LanguageModel model =
                Progress.unwatched(progress -> LanguageModel.read(base, golden.resolve("adapter"), progress))) {
            assertThat(model.adapter().orElseThrow().settings())
                    .isEqualTo(new LoraSettings(
                            4, 5, 0, Set.of(LoraTarget.Q_PROJ, LoraTarget.V_PROJ, LoraTarget.UP_PROJ), true));
        }
    }

    @Test
    void unmergingGivesTheBaseBack() {
        try (LanguageModel model = model("qwen3");
                LanguageModel base = model.copy()) {
            LoraAdapter adapter = trained(model, SETTINGS, 4);
            adapter.unmerge(model.tensors(), model.tensors());
            for (int i : adapter.adaptedWeights()) {
                assertThat(model.tensors().get(i).toFloatArray())
                        .containsExactly(base.tensors().get(i).toFloatArray(), within(1e-6f));
            }
        }
    }

    @Test
    void adaptsTheChosenProjectionsOnly() {
        try (LanguageModel model = model("llama");
                LanguageModel base = model.copy()) {
            LoraAdapter adapter = trained(model, FEW, 4);
            // key within the stacked query, key and value; up within gate and up; in both layers
            assertThat(adapter.adaptedWeights()).hasSize(4);
            float[] before = base.tensors().get(2).toFloatArray();
            float[] after = model.tensors().get(2).toFloatArray();
            int columns = 32;
            for (int row = 0; row < 64; row++) {
                boolean key = row >= 32 && row < 48;
                assertThat(after[row * columns] != before[row * columns])
                        .as("row %d", row)
                        .isEqualTo(key);
            }
        }
    }

    @Test
    void aModelTravelsWithItsAdapter() {
        try (LanguageModel model = model("llama")) {
            LoraAdapter adapter = trained(model, FEW, 4);
            model.write(folder.resolve("model"));
            try (LanguageModel read = LanguageModel.read(folder.resolve("model"));
                    LanguageModel copy = read.copy()) {
                assertThat(values(read.tensors())).isDeepEqualTo(values(model.tensors()));
                for (LanguageModel one : List.of(read, copy)) {
                    LoraAdapter again = one.adapter().orElseThrow();
                    assertThat(again.settings()).isEqualTo(FEW);
                    assertThat(again.baseModel()).isEqualTo(adapter.baseModel());
                    assertThat(values(again.tensors())).isDeepEqualTo(values(adapter.tensors()));
                }
            }
            // a model without adapter in the same folder is not mistaken for one with
            model.forgetAdapter();
            model.write(folder.resolve("model"));
            try (LanguageModel read = LanguageModel.read(folder.resolve("model"))) {
                assertThat(read.adapter()).isEmpty();
            }
        }
    }

    @Test
    void anAdapterAppliedToItsBaseGivesTheMergedModel() {
        try (LanguageModel model = model("qwen2")) {
            model.write(folder.resolve("base"));
            trained(model, SETTINGS, 4);
            model.writeAdapter(folder.resolve("peft"));
            try (LanguageModel applied = Progress.unwatched(
                    progress -> LanguageModel.read(folder.resolve("base"), folder.resolve("peft"), progress))) {
                assertThat(values(applied.tensors())).isDeepEqualTo(values(model.tensors()));
            }
        }
    }

    @Test
    void saysThatThereIsNoAdapter() {
        try (LanguageModel model = model("llama")) {
            assertThatThrownBy(() -> model.writeAdapter(folder.resolve("peft")))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("has no LoRA adapter")
                    .hasMessageContaining("Write the merged model");
        }
    }

    @Test
    void saysThatAFolderHoldsAnAdapterOnly() {
        assertThatThrownBy(() -> LanguageModel.read(GOLDEN.resolve("llama/adapter")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("holds a LoRA adapter and no model");
    }

    @Test
    void namesWhatDoesNotFit() throws IOException {
        Path base = goldenBase(GOLDEN.resolve("llama"));
        assertThatThrownBy(() ->
                        Progress.unwatched(progress -> LanguageModel.read(base, folder.resolve("nowhere"), progress)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("adapter_config.json is missing");
        Path adapter = copyOfAdapter();
        Files.delete(adapter.resolve("adapter_model.safetensors"));
        assertThatThrownBy(() -> Progress.unwatched(progress -> LanguageModel.read(base, adapter, progress)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("has no adapter_model.safetensors");
        change(copyOfAdapter(), "r", "2");
        assertThatThrownBy(() -> Progress.unwatched(progress -> LanguageModel.read(base, adapter, progress)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(
                        "q_proj.lora_A.weight has shape [3, 16], but adapter_config.json asks for [2, 16]");
        change(copyOfAdapter(), "target_modules", "[\"q_proj\"]");
        assertThatThrownBy(() -> Progress.unwatched(progress -> LanguageModel.read(base, adapter, progress)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("down_proj.lora_A.weight does not belong");
    }

    @Test
    void refusesAPartOfAProjectionThatIsStoredAsOne() {
        try (LanguageModel model = model("phi3")) {
            assertThatThrownBy(() -> model.startAdapter(FEW, 1))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("LoRA targets are k_proj, up_proj")
                    .hasMessageContaining("phi3 have q_proj, k_proj, v_proj as one projection, qkv_proj")
                    .hasMessageContaining("Choose all of these or none.");
        }
    }

    /** As PEFT knows them, so that it reads the adapter. */
    @Test
    void namesTheProjectionsOfItsArchitecture() {
        try (LanguageModel model = model("phi3")) {
            model.startAdapter(SETTINGS, 1);
            model.writeAdapter(folder.resolve("peft"));

            assertThat(JsonFiles.readObject(folder.resolve("peft/adapter_config.json"))
                            .get("target_modules"))
                    .hasToString("[\"qkv_proj\",\"o_proj\",\"gate_up_proj\",\"down_proj\"]");
        }
    }

    @Test
    void checksItsSettings() {
        assertThatThrownBy(() -> LoraSettings.of(0, 1))
                .hasMessage("LoRA rank is 0. Give a whole number of at least 1.");
        assertThatThrownBy(() -> LoraSettings.of(1, 0)).hasMessage("LoRA alpha is 0.0. Give a number above 0.");
        assertThatThrownBy(() -> new LoraSettings(1, 1, 1, SETTINGS.targets(), false))
                .hasMessage("LoRA dropout is 1.0. Give a number from 0 to below 1.");
        assertThatThrownBy(() -> new LoraSettings(1, 1, 0, Set.of(), false))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("The set of LoRA targets is empty. Give at least one of q_proj, k_proj");
    }

    private LanguageModel model(String architecture) {
        return ModelFixtures.model(ModelFixtures.configs().get(architecture), folder, 7);
    }

    /** The golden base model with a tokenizer, which the golden files do without. */
    private Path goldenBase(Path golden) throws IOException {
        Path base = ModelFixtures.writeTokenizer(folder.resolve("golden"));
        copy(golden.resolve("base"), base);
        return base;
    }

    private Path copyOfAdapter() throws IOException {
        return copy(GOLDEN.resolve("llama/adapter"), folder.resolve("adapter"));
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return to;
    }

    private static Path change(Path adapter, String key, String value) {
        Path file = adapter.resolve("adapter_config.json");
        JsonObject json = JsonFiles.readObject(file);
        json.add(key, new Gson().fromJson(value, JsonElement.class));
        ModelFixtures.write(file, json.toString());
        return adapter;
    }

    private static float[][] values(List<NDArray> tensors) {
        return tensors.stream().map(NDArray::toFloatArray).toArray(float[][]::new);
    }
}
