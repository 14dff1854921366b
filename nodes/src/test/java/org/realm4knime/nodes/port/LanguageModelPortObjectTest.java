package org.realm4knime.nodes.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.endpoint.Dialect;
import org.realm4knime.engine.endpoint.EndpointLimits;
import org.realm4knime.engine.endpoint.EndpointSettings;
import org.realm4knime.engine.endpoint.TokenPrices;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.WeightType;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.standin.FileStores;
import org.realm4knime.standin.PortObjectFile;

class LanguageModelPortObjectTest {

    @TempDir
    Path folder;

    @Test
    void thePortTypeIsRegistered() {
        assertThat(LanguageModelPortObject.TYPE.getName()).isEqualTo("Language Model");
        assertThat(LanguageModelPortObject.TYPE.getPortObjectClass()).isEqualTo(LanguageModelPortObject.class);
    }

    @Test
    void aSpecIsTheSameAfterSavingAndLoading() throws Exception {
        LanguageModelPortObjectSpec spec = new LanguageModelPortObjectSpec(new LocalModel(
                "base", "qwen2", 494_032_768L, 151_936, "6 files, 1.0 GB", "abc", List.of("parent", "grandparent")));
        ModelContent content = new ModelContent("spec");
        spec.save(content);
        LanguageModelPortObjectSpec loaded = new LanguageModelPortObjectSpec();
        loaded.load(content);
        assertThat(loaded.description()).isEqualTo(spec.description());
        assertThat(loaded).isEqualTo(spec);
    }

    @Test
    void aSpecOfAnEarlierVersionSaysNothingOfWhatTheModelWasTrainedFrom() throws Exception {
        ModelContent content = new ModelContent("spec");
        content.addString("kind", "local");
        content.addString("name", "base");
        content.addString("architecture", "llama");
        content.addLong("parameters", 1);
        content.addInt("vocabulary", 2);
        content.addString("files", "");
        content.addString("digest", "abc");
        LanguageModelPortObjectSpec loaded = new LanguageModelPortObjectSpec();
        loaded.load(content);
        assertThat(loaded.description()).isEqualTo(new LocalModel("base", "llama", 1, 2, "", "abc", List.of()));
    }

    @Test
    void aKindOfModelFromANewerVersionIsRefused() {
        ModelContent content = new ModelContent("spec");
        content.addString("kind", "oracle");
        assertThatThrownBy(() -> new LanguageModelPortObjectSpec().load(content))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("'oracle'")
                .hasMessageContaining("update the extension");
    }

    @Test
    void anEndpointTravelsWithoutFiles() throws Exception {
        EndpointSettings settings = new EndpointSettings(
                "qwen",
                List.of("http://a/v1", "http://b/v1"),
                "Be brief.",
                Dialect.REASONING,
                new EndpointLimits(30, 4, 60, 1000, 2),
                new TokenPrices(0.5, 1.5));
        LanguageModelPortObject object = LanguageModelPortObject.of(new EndpointDescription(
                "teacher", settings, new KeySource(KeySource.Kind.CREDENTIALS, "my key"), false));
        Path file = folder.resolve("object.zip");
        PortObjectFile.write(object, file);
        LanguageModelPortObject read =
                (LanguageModelPortObject) PortObjectFile.read(file, new FileStores(folder.resolve("stores")));
        assertThat(read.getSpec()).isEqualTo(object.getSpec());
        assertThat(read.getSpec().description()).isEqualTo(object.getSpec().description());
        assertThat(read.getSummary()).isEqualTo("teacher: the model qwen on http://a/v1, http://b/v1");
        assertThatThrownBy(() -> read.open(Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("is an endpoint");
        assertThatThrownBy(() -> read.getSpec().requireLocal("Student"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("at the port 'Student' is an endpoint");
    }

    @Test
    void aTrainedModelKeepsTheArchitectureAndLosesTheFiles() {
        LanguageModelPortObjectSpec trained = new LanguageModelPortObjectSpec(
                        new LocalModel("base", "llama", 10, 20, "4 files, 1 kB", "abc", List.of("parent")))
                .trainedAs("trained");
        assertThat(trained.description())
                .isEqualTo(new LocalModel("trained", "llama", 10, 20, "", "", List.of("abc", "parent")));
    }

    @Test
    void anObjectTravelsWithItsFiles() throws Exception {
        try (NodeRunner workflow = new NodeRunner(folder)) {
            LanguageModelPortObject object = Models.untrained(workflow, "base", 3);
            Path file = folder.resolve("object.zip");
            PortObjectFile.write(object, file);
            LanguageModelPortObject read =
                    (LanguageModelPortObject) PortObjectFile.read(file, new FileStores(folder.resolve("stores")));
            assertThat(read.getSpec()).isEqualTo(object.getSpec());
            try (LanguageModel model = Progress.unwatched(read::open)) {
                assertThat(model.config().layers()).isEqualTo(1);
            }
        }
    }

    /** KNIME leaves a port object without its file store where restoring a workflow was cancelled. */
    @Test
    void aModelWithoutItsFilesSaysWhatToDo() throws Exception {
        try (NodeRunner workflow = new NodeRunner(folder)) {
            LanguageModelPortObject object = Models.untrained(workflow, "base", 3);
            Files.delete(object.place().resolve("config.json"));

            assertThatThrownBy(() -> object.open(Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("'base'")
                    .hasMessageContaining("Reset the node");
        }
    }

    @Test
    void filesThatAreNoPartOfAModelStayBehind() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("config.json"), "{}");
        Files.writeString(source.resolve("model.safetensors"), "weights");
        Files.writeString(source.resolve("pytorch_model.bin"), "pickle");
        Files.createDirectory(source.resolve("runs"));
        ModelFiles files = ModelFiles.in(source);
        Path target = folder.resolve("target");
        files.copyTo(target, Progress.silent());
        assertThat(files.summary()).isEqualTo("2 files, 0 kB");
        assertThat(target)
                .isDirectoryContaining("glob:**/config.json")
                .isDirectoryContaining("glob:**/model.safetensors");
        assertThat(Files.exists(target.resolve("pytorch_model.bin"))).isFalse();
        assertThat(Progress.unwatched(ModelFiles.in(target)::digest)).isEqualTo(Progress.unwatched(files::digest));
    }

    @Test
    void onlyWeightsAreDeletedFromAFolderThatIsWrittenAnew() throws Exception {
        Path target = former();
        try (NodeRunner workflow = new NodeRunner(folder)) {
            Models.untrained(workflow, "base", 3).copyTo(target, Progress.silent());
        }
        assertThat(target.toFile().list())
                .contains("notes.txt", "config.json", "model.safetensors", "README.md")
                .doesNotContain("model-00001-of-00002.safetensors", "model.safetensors.index.json", "writing.part");
    }

    /** A folder of the user's with another model. */
    private Path former() throws Exception {
        Path target = Files.createDirectory(folder.resolve("target"));
        Files.writeString(target.resolve("model-00001-of-00002.safetensors"), "old");
        Files.writeString(target.resolve("model.safetensors.index.json"), "{}");
        Files.writeString(target.resolve("notes.txt"), "mine");
        return target;
    }

    @Test
    void aFolderKeepsItsModelWhereWritingAnotherOneIsCanceled() throws Exception {
        Path target = former();
        try (NodeRunner workflow = new NodeRunner(folder)) {
            LanguageModelPortObject object = Models.untrained(workflow, "base", 3);
            Progress canceling = new Progress() {
                private int files;

                @Override
                public void report(double fraction, String message) {
                    files++;
                }

                @Override
                public void checkCanceled() throws CanceledJobException {
                    if (files == 3) {
                        throw new CanceledJobException();
                    }
                }
            };
            assertThatThrownBy(() -> object.copyTo(target, canceling)).isInstanceOf(CanceledJobException.class);
        }
        assertThat(target.toFile().list())
                .containsExactlyInAnyOrder(
                        "model-00001-of-00002.safetensors", "model.safetensors.index.json", "notes.txt");
    }

    @Test
    void aModelWhoseFilesWereDeletedDuringTheRunLeavesTheFolderAsItWas() throws Exception {
        Path target = former();
        try (NodeRunner workflow = new NodeRunner(folder)) {
            LanguageModelPortObject object = Models.untrained(workflow, "base", 3);
            Files.delete(object.place().resolve("model.safetensors"));
            assertThatThrownBy(() -> object.writeTo(target, WeightType.BFLOAT16, Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(object.place().toString());
        }
        assertThat(target.toFile().list())
                .contains("model-00001-of-00002.safetensors")
                .doesNotContain("config.json");
    }
}
