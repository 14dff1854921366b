/**
 * How the stand-in writes and reads the fields of node parameters. This is not part of KNIME's API, so it is in a
 * package of its own, which the bundle does not export.
 */
package org.realm4knime.headless.parameters;
