/** The domains that come with the engine, to compare methods on. */
package org.realm4knime.samples;
