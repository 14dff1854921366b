package org.realm4knime.preferences;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.ComboFieldEditor;
import org.eclipse.jface.preference.DirectoryFieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.IntegerFieldEditor;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.preferences.ScopedPreferenceStore;
import org.realm4knime.nodes.preferences.EnginePreferences;

/** The page ReaLM of the preferences dialog. */
public final class EnginePreferencePage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {

    private static final int MAX_THREADS = 1024;

    /** For Eclipse. */
    public EnginePreferencePage() {
        super(GRID);
    }

    @Override
    public void init(IWorkbench workbench) {
        setPreferenceStore(new ScopedPreferenceStore(InstanceScope.INSTANCE, EnginePreferences.QUALIFIER));
        setDescription("How language models are trained and run. A change of folder takes effect after a restart.");
    }

    @Override
    protected void createFieldEditors() {
        addField(new ComboFieldEditor(
                EnginePreferences.DEVICE,
                "Compute &device:",
                new String[][] {
                    {"Automatic", "auto"},
                    {"Processor (CPU)", "cpu"},
                    {"Graphics card (CUDA)", "cuda"}
                },
                getFieldEditorParent()));
        IntegerFieldEditor threads = new IntegerFieldEditor(
                EnginePreferences.THREADS, "Processor &threads (0: all cores):", getFieldEditorParent());
        threads.setValidRange(0, MAX_THREADS);
        addField(threads);
        addField(folder(EnginePreferences.CACHE, "&Cache folder (empty: usual place):"));
        addField(folder(EnginePreferences.NATIVE_LIBRARY, "&PyTorch folder (empty: included one):"));
    }

    private DirectoryFieldEditor folder(String key, String label) {
        DirectoryFieldEditor editor = new DirectoryFieldEditor(key, label, getFieldEditorParent());
        editor.setEmptyStringAllowed(true);
        return editor;
    }
}
