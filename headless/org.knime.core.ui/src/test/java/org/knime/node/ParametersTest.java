package org.knime.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.migration.ConfigMigration;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.migration.NodeParametersMigration;
import org.knime.node.parameters.persistence.NodeParametersPersistor;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.persistence.Persistor;

class ParametersTest {

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
        double m_rate = 1e-3;
        Optional<Integer> m_warmup = Optional.empty();
    }

    static final class Source implements NodeParameters {
        String m_model = "tiny";

        Source() {}

        Source(final String model) {
            m_model = model;
        }
    }

    static final class All extends Base {
        int m_steps = 10;
        long seed = 7;
        boolean m_shuffle = true;
        Checker m_checker = Checker.NUMBER;
        Optional<String> m_label = Optional.of("x");
        int[] m_sizes = {1, 2};
        String[] m_names = {"a"};
        Optimizer m_optimizer = new Optimizer();
        Source[] m_sources = {new Source(), new Source("other")};
        List<Source> m_more = List.of();

        @Persist(configKey = "learning rate")
        double m_rate = 0.5;

        @Persist(hidden = true)
        boolean m_flag;

        @Persistor(Seconds.class)
        int m_minutes = 2;

        private int m_private = 1;
        static int m_static = 1;
        transient int m_transient = 1;

        int privateValue() {
            return m_private;
        }
    }

    static final class Seconds implements NodeParametersPersistor<Integer> {

        @Override
        public Integer load(final NodeSettingsRO settings) throws InvalidSettingsException {
            return settings.getInt("seconds") / 60;
        }

        @Override
        public void save(final Integer param, final NodeSettingsWO settings) {
            settings.addInt("seconds", param * 60);
        }

        @Override
        public String[][] getConfigPaths() {
            return new String[][] {{"seconds"}};
        }
    }

    @Test
    void writesFieldsUnderTheirNames() throws Exception {
        final NodeSettings settings = save(new All());

        assertThat(settings.keySet())
                .containsExactly(
                        "column",
                        "steps",
                        "seed",
                        "shuffle",
                        "checker",
                        "label",
                        "label_is_present",
                        "sizes",
                        "names",
                        "optimizer",
                        "sources",
                        "more",
                        "learning rate",
                        "flag_Internals",
                        "seconds");
        assertThat(settings.getString("checker")).isEqualTo("NUMBER");
        assertThat(settings.getInt("seconds")).isEqualTo(120);
        assertThat(settings.getBoolean("label_is_present")).isTrue();
        final NodeSettings optimizer = settings.getNodeSettings("optimizer");
        assertThat(optimizer.keySet()).containsExactly("rate", "warmup", "warmup_is_present");
        assertThat(optimizer.getInt("warmup")).isZero(); // an empty number is written as 0
        assertThat(settings.getNodeSettings("sources").keySet()).containsExactly("0", "1");
        assertThat(settings.getNodeSettings("more").keySet()).isEmpty();
    }

    @Test
    void readsWhatItWrote() throws Exception {
        final All all = new All();
        all.m_column = "frage";
        all.m_steps = 3;
        all.seed = -1;
        all.m_shuffle = false;
        all.m_checker = Checker.TEXT;
        all.m_label = Optional.empty();
        all.m_optimizer.m_warmup = Optional.of(4);
        all.m_sources = new Source[] {new Source("big")};
        all.m_more = List.of(new Source("one"), new Source("two"));
        all.m_minutes = 5;

        final NodeSettings settings = save(all);
        final All copy = NodeParametersUtil.loadSettings(settings, All.class);

        assertThat(save(copy).isIdentical(settings)).isTrue();
        assertThat(copy.m_checker).isEqualTo(Checker.TEXT);
        assertThat(copy.m_label).isEmpty();
        assertThat(copy.m_optimizer.m_warmup).contains(4);
        assertThat(copy.m_sources).extracting(s -> s.m_model).containsExactly("big");
        assertThat(copy.m_more).extracting(s -> s.m_model).containsExactly("one", "two");
        assertThat(copy.m_minutes).isEqualTo(5);
        assertThat(copy.privateValue()).isEqualTo(1);
    }

    @Test
    void aMissingKeyIsAnError() {
        final NodeSettings settings = save(new All());
        settings.removeConfig("steps");

        assertThatThrownBy(() -> NodeParametersUtil.loadSettings(settings, All.class))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("steps");
    }

    @Test
    void anUnknownConstantIsAnErrorThatNamesTheKnownOnes() {
        final NodeSettings settings = save(new All());
        settings.addString("checker", "REGEX");

        assertThatThrownBy(() -> NodeParametersUtil.loadSettings(settings, All.class))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll("REGEX", "checker", "NUMBER", "TEXT");
    }

    static final class Migrated implements NodeParameters {

        int m_old = 1;

        @Migrate(loadDefaultIfAbsent = true)
        int m_added = 2;

        @Migration(FromWords.class)
        int m_renamed = 3;

        @Migration(Zero.class)
        int m_zero = 4;
    }

    /** The key was "words" and held a text in a former version. */
    static final class FromWords implements NodeParametersMigration<Integer> {

        @Override
        public List<ConfigMigration<Integer>> getConfigMigrations() {
            return List.of(ConfigMigration.<Integer>builder(
                            settings -> settings.getString("words").length())
                    .withDeprecatedConfigPath("words")
                    .build());
        }
    }

    static final class Zero implements DefaultProvider<Integer> {

        @Override
        public Integer getDefault() {
            return 0;
        }
    }

    @Test
    void migratesSettingsOfFormerVersions() throws Exception {
        final NodeSettings former = new NodeSettings("model");
        former.addInt("old", 11);
        former.addString("words", "seven w");

        final Migrated migrated = NodeParametersUtil.loadSettings(former, Migrated.class);

        assertThat(migrated.m_old).isEqualTo(11);
        assertThat(migrated.m_added).isEqualTo(2);
        assertThat(migrated.m_renamed).isEqualTo(7);
        assertThat(migrated.m_zero).isZero();
    }

    @Test
    void migratesNothingInSettingsOfToday() throws Exception {
        final Migrated today = new Migrated();
        today.m_added = 20;
        today.m_renamed = 30;
        today.m_zero = 40;

        final Migrated copy = NodeParametersUtil.loadSettings(save(today), Migrated.class);

        assertThat(List.of(copy.m_old, copy.m_added, copy.m_renamed, copy.m_zero))
                .containsExactly(1, 20, 30, 40);
    }

    @Test
    void aKeyThatNoMigrationKnowsIsAnError() {
        final NodeSettings settings = save(new Migrated());
        settings.removeConfig("renamed");

        assertThatThrownBy(() -> NodeParametersUtil.loadSettings(settings, Migrated.class))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("renamed");
    }

    @LoadDefaultsForAbsentFields
    static final class Lenient implements NodeParameters {
        int m_a = 1;
        Optimizer m_group = new Optimizer();
    }

    @Test
    void keepsDefaultsOfAbsentFieldsIfTheClassSaysSo() throws Exception {
        final NodeSettings settings = new NodeSettings("model");
        settings.addInt("other", 1);

        final Lenient lenient = NodeParametersUtil.loadSettings(settings, Lenient.class);

        assertThat(lenient.m_a).isEqualTo(1);
        assertThat(lenient.m_group.m_rate).isEqualTo(1e-3);
        settings.addNodeSettings("group"); // is there, but its own class is strict
        assertThatThrownBy(() -> NodeParametersUtil.loadSettings(settings, Lenient.class))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("rate");
    }

    @Persistor(Whole.class)
    static final class Flat implements NodeParameters {
        int m_value = 1;
    }

    static final class Whole implements NodeParametersPersistor<Flat> {

        @Override
        public Flat load(final NodeSettingsRO settings) throws InvalidSettingsException {
            final Flat flat = new Flat();
            flat.m_value = settings.getInt("its own key");
            return flat;
        }

        @Override
        public void save(final Flat param, final NodeSettingsWO settings) {
            settings.addInt("its own key", param.m_value);
        }

        @Override
        public String[][] getConfigPaths() {
            return new String[][] {{"its own key"}};
        }
    }

    static final class WithFlat implements NodeParameters {
        Flat m_flat = new Flat();
    }

    @Test
    void aClassCanPersistItselfBelowTheKeyOfItsField() throws Exception {
        final NodeSettings settings = save(new WithFlat());

        assertThat(settings.getNodeSettings("flat").getInt("its own key")).isEqualTo(1);
        settings.getNodeSettings("flat").addInt("its own key", 8);
        assertThat(NodeParametersUtil.loadSettings(settings, WithFlat.class).m_flat.m_value)
                .isEqualTo(8);
    }

    private static NodeSettings save(final NodeParameters parameters) {
        final NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(parameters.getClass(), parameters, settings);
        return settings;
    }
}
