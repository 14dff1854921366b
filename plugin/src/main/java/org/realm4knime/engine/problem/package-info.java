/**
 * Problems and rules, the files they come from, and how answers are found in a text and compared. Numbers are exact
 * fractions throughout.
 */
package org.realm4knime.engine.problem;
