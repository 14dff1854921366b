/** How answers are found in a text and compared. Numbers are exact fractions throughout. */
package org.realm4knime.engine.answer;
