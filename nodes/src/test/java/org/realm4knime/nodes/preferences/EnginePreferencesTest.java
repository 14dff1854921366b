package org.realm4knime.nodes.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.EngineException;

class EnginePreferencesTest {

    @AfterEach
    void clearProperties() {
        for (String key : new String[] {"device", "threads", "cache", "checkpoints"}) {
            System.clearProperty("realm4knime." + key);
        }
    }

    @Test
    void checkpointsLieInTheCacheFolderUnlessTheyHaveTheirOwn() {
        System.setProperty("realm4knime.cache", "/cache");
        assertThat(EnginePreferences.checkpoints()).isEqualTo(Path.of("/cache/checkpoints"));
        System.setProperty("realm4knime.checkpoints", "/own");
        assertThat(EnginePreferences.checkpoints()).isEqualTo(Path.of("/own"));
    }

    @Test
    void withoutAnythingSetTheyLieInTheHomeFolder() {
        assertThat(EnginePreferences.checkpoints())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".realm4knime", "checkpoints"));
    }

    @Test
    void wrongValuesAreNamed() {
        System.setProperty("realm4knime.device", "tpu");
        assertThatThrownBy(EnginePreferences::apply)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'tpu'")
                .hasMessageContaining("auto, cpu or cuda");
        System.setProperty("realm4knime.device", "cpu");
        System.setProperty("realm4knime.threads", "many");
        assertThatThrownBy(EnginePreferences::apply).hasMessageContaining("threads is 'many'");
    }
}
