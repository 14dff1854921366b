/** Problems and rules, and the files they come from. */
package org.realm4knime.engine.problem;
