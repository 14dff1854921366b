package org.realm4knime.headless;

import org.realm4knime.headless.cli.RealmCommand;

/** Entry point of the command line. */
public final class Main {

    private Main() {}

    /** @param arguments see {@code --help} */
    public static void main(String[] arguments) {
        System.exit(RealmCommand.execute(arguments));
    }
}
