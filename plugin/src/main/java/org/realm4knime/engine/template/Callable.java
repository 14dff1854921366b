package org.realm4knime.engine.template;

/** What a template can call: a macro, a function or a value's method. */
@FunctionalInterface
interface Callable {

    /** The result for arguments. */
    Object call(Scope scope, Arguments arguments);
}
