package org.realm4knime.nodes.parameters;

import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Section;

/** The sections that the dialogs of all nodes are made of, in order. */
public interface Sections {

    /** What the node works on. */
    @Section(title = "Input")
    interface Input {}

    /** What the node does. */
    @Section(title = "Settings")
    @After(Input.class)
    interface Main {}

    /** Whether all weights are trained or an adapter. */
    @Section(title = "LoRA")
    @After(Main.class)
    interface Lora {}

    /** How models write text. */
    @Section(title = "Text generation")
    @After(Lora.class)
    interface Generation {}

    /** How a teacher writes text, where that is not what the node is for. */
    @Section(title = "Text generation of the teacher")
    @Advanced
    @After(Generation.class)
    interface Teacher {}

    /** What only users with special needs change. */
    @Section(title = "Advanced")
    @Advanced
    @After(Teacher.class)
    interface Expert {}
}
