/**
 * What runs nodes on the stand-ins, in place of the inside of KNIME: progress, file stores, and the files of tables and
 * port objects. Members of KNIME's classes that KNIME does not have name one of these types, so that no node, which may
 * not know this package, can use them.
 */
package org.realm4knime.standin;
