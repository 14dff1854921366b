/** A shop's refund desk: the quickstart's easy cases, and the harder ones that methods are compared on. */
package org.realm4knime.samples.refund;
