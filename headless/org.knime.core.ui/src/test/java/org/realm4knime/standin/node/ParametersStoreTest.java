package org.realm4knime.standin.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.migration.Migrate;

class ParametersStoreTest {

    enum Checker {
        NUMBER,
        TEXT {
            @Override
            public String toString() {
                return "a constant with a body";
            }
        }
    }

    static class Base implements NodeParameters {
        String m_column = "question";
    }

    static final class Optimizer implements NodeParameters {
        double rate = 1e-3;
    }

    static final class All extends Base {
        int steps = 10;
        long seed = 7;
        boolean shuffle = true;
        Checker checker = Checker.NUMBER;
        Optional<String> label = Optional.of("x");
        Optional<String> other = Optional.empty();
        Optimizer optimizer = new Optimizer();

        @Migrate(loadDefaultIfAbsent = true)
        int added = 2;

        Void text;
        private int hidden = 1;
        static int constant = 1;
        transient int passing = 1;
    }

    private static NodeSettings save(Object parameters) {
        NodeSettings settings = new NodeSettings("model");
        ParametersStore.save(parameters, settings);
        return settings;
    }

    @Test
    void fieldsAreWrittenUnderTheirNames() throws InvalidSettingsException {
        NodeSettings settings = save(new All());

        assertThat(settings.keySet())
                .containsExactly(
                        "column",
                        "steps",
                        "seed",
                        "shuffle",
                        "checker",
                        "label",
                        "label_is_present",
                        "other",
                        "other_is_present",
                        "optimizer",
                        "added");
        assertThat(settings.getString("checker")).isEqualTo("NUMBER");
        assertThat(settings.getBoolean("label_is_present")).isTrue();
        assertThat(settings.getString("other")).isNull();
        assertThat(settings.getNodeSettings("optimizer").getDouble("rate")).isEqualTo(1e-3);
    }

    @Test
    void whatWasWrittenIsReadBack() throws InvalidSettingsException {
        All all = new All();
        all.m_column = "frage";
        all.steps = 3;
        all.seed = -1;
        all.shuffle = false;
        all.checker = Checker.TEXT;
        all.label = Optional.empty();
        all.other = Optional.of("y");
        all.optimizer.rate = 0.5;
        all.hidden = 9;

        All copy = ParametersStore.load(All.class, save(all));

        assertThat(save(copy).isIdentical(save(all))).isTrue();
        assertThat(copy.checker).isEqualTo(Checker.TEXT);
        assertThat(copy.label).isEmpty();
        assertThat(copy.other).contains("y");
        assertThat(copy.hidden).isEqualTo(1);
    }

    private static NodeSettings without(NodeSettings settings, String missing) {
        NodeSettings rest = new NodeSettings(settings.getKey());
        settings.keySet().stream()
                .filter(key -> !key.equals(missing))
                .forEach(key -> rest.addEntry(settings.getEntry(key)));
        return rest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"column", "steps", "seed", "shuffle", "checker", "label", "optimizer"})
    void aMissingKeyIsAnErrorThatNamesIt(String key) {
        assertThatThrownBy(() -> ParametersStore.load(All.class, without(save(new All()), key)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(key);
    }

    @Test
    void aKeyThatMayBeMissingGetsItsDefault() throws InvalidSettingsException {
        All all = new All();
        all.added = 20;

        assertThat(ParametersStore.load(All.class, save(all)).added).isEqualTo(20);
        assertThat(ParametersStore.load(All.class, without(save(all), "added")).added)
                .isEqualTo(2);
    }

    @Test
    void anUnknownConstantIsAnErrorThatNamesTheKnownOnes() {
        NodeSettings settings = save(new All());
        settings.addString("checker", "REGEX");

        assertThatThrownBy(() -> ParametersStore.load(All.class, settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll("REGEX", "checker", "NUMBER", "TEXT");
    }
}
