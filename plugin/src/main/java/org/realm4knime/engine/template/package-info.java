/**
 * Jinja templates as the chat templates of Hugging Face models use them: the language of Jinja2 in its sandbox, with
 * Python's values, and with limits on what a template from a downloaded model can spend. A template sees the values
 * that it is given and nothing else: there is no access to files, classes or objects of Java.
 */
package org.realm4knime.engine.template;
