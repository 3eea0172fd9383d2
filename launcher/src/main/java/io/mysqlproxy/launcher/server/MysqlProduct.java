package io.mysqlproxy.launcher.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MySQL of any version since 5.7: all make their data directory in the same way. */
interface MysqlProduct extends Product {
    @Override
    default void initialise(Path data) {
        List<String> command = new ArrayList<>(List.of(program().toString(), "--no-defaults", "--initialize-insecure"));
        command.addAll(Command.userOption());
        command.addAll(options());
        command.add("--datadir=" + data);
        Command.run(command).orFail("initialising " + name());
    }
}
