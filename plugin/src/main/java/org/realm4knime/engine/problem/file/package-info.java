/** Data files as they come: their encoding, their form (JSON or a table), and the records that they hold. */
package org.realm4knime.engine.problem.file;
