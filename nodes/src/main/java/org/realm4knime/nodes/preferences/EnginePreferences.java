package org.realm4knime.nodes.preferences;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.core.runtime.Platform;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.torch.DevicePreference;
import org.realm4knime.engine.torch.Torch;
import org.realm4knime.engine.torch.TorchSettings;

/**
 * The settings that hold for all nodes. A system property {@code realm4knime.<key>} wins over the preference page,
 * which is how a workflow run without KNIME is set up.
 */
public final class EnginePreferences {

    /** Preference node of the nodes' bundle. */
    public static final String QUALIFIER = "org.realm4knime.nodes";

    /** Key of the compute device: {@code auto}, {@code cpu} or {@code cuda}. */
    public static final String DEVICE = "device";

    /** Key of the number of CPU threads; 0 for one a core. */
    public static final String THREADS = "threads";

    /** Key of the folder for checkpoints and unpacked native libraries. */
    public static final String CACHE = "cache";

    /** Key of the folder with a PyTorch native library of the user's own; empty for the one that comes along. */
    public static final String NATIVE_LIBRARY = "nativeLibrary";

    private static final String CHECKPOINTS = "checkpoints";
    private static final String ANSWERS = "answers";

    private EnginePreferences() {}

    /** Hands the settings to the engine. */
    public static void apply() {
        Torch.configure(new TorchSettings(
                device(),
                threads(),
                folder(CACHE).orElse(null),
                folder(NATIVE_LIBRARY).orElse(null)));
    }

    /**
     * Starts the engine on the device that is asked for.
     *
     * @throws EngineException if it cannot be had
     */
    public static void requireDevice() {
        apply();
        Torch.requireDevice();
    }

    private static DevicePreference device() {
        String name = value(DEVICE).orElse("auto");
        try {
            return DevicePreference.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    "The compute device is '" + name + "'. Choose auto, cpu or cuda in the preferences (ReaLM).", e);
        }
    }

    private static int threads() {
        String text = value(THREADS).orElse("0");
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new EngineException(
                    "The number of threads is '" + text
                            + "'. Give a whole number in the preferences (ReaLM); 0 uses all cores.",
                    e);
        }
    }

    /** Folder that the training nodes keep their checkpoints in. */
    public static Path checkpoints() {
        String folder = System.getProperty("realm4knime." + CHECKPOINTS);
        return folder != null
                ? Path.of(folder)
                : folder(CACHE).orElseGet(EnginePreferences::home).resolve(CHECKPOINTS);
    }

    /** Folder that keeps the answers of endpoints, so that nothing is asked twice. */
    public static Path answers() {
        String folder = System.getProperty("realm4knime." + ANSWERS);
        return folder != null
                ? Path.of(folder)
                : folder(CACHE).orElseGet(EnginePreferences::home).resolve(ANSWERS);
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"), ".realm4knime");
    }

    private static Optional<Path> folder(String key) {
        return value(key).map(Path::of);
    }

    private static Optional<String> value(String key) {
        String property = System.getProperty("realm4knime." + key);
        if (property != null) {
            return Optional.of(property);
        }
        // outside an Eclipse platform there are no preferences
        return Platform.isRunning()
                ? Optional.ofNullable(Platform.getPreferencesService().getString(QUALIFIER, key, null, null))
                        .filter(text -> !text.isBlank())
                : Optional.empty();
    }
}
