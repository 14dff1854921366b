/** Node definitions, and what runs them in place of KNIME: ports, parameters, configuring, executing, views. */
package org.realm4knime.standin.node;
