/** A general domain: chains of arithmetic in words whose meaning is a matter of convention. */
package org.realm4knime.samples.chain;
