/** What a step of reasoning states about numbers: its arithmetic, recomputed exactly, and its normal form. */
package org.realm4knime.engine.arithmetic;
