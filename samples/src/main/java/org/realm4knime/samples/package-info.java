/** The made-up domains that examples, tests and comparisons of methods take their problems from. */
package org.realm4knime.samples;
