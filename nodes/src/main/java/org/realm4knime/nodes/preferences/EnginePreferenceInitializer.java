package org.realm4knime.nodes.preferences;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;

/** Default values of the preferences. */
public final class EnginePreferenceInitializer extends AbstractPreferenceInitializer {

    @Override
    public void initializeDefaultPreferences() {
        IEclipsePreferences defaults = DefaultScope.INSTANCE.getNode(EnginePreferences.QUALIFIER);
        defaults.put(EnginePreferences.DEVICE, "auto");
        defaults.putInt(EnginePreferences.THREADS, 0);
        defaults.put(EnginePreferences.CACHE, "");
        defaults.put(EnginePreferences.NATIVE_LIBRARY, "");
    }
}
