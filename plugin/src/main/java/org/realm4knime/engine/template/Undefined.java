package org.realm4knime.engine.template;

/**
 * The value of a name that has none: false, empty and invisible, but an error where more is done with it, as in Jinja.
 *
 * @param what what is not there, for messages
 */
record Undefined(String what) {

    TemplateError error() {
        return new TemplateError(what + " is not defined");
    }
}
