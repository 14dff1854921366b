package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.standin.Keyring;

class CredentialsOptionTest {

    @TempDir
    private Path temp;

    private final CredentialsOption option = new CredentialsOption(Map.of("MY_KEY", "secret", "BLANK", " ")::get);

    @Test
    void passwordsComeFromTheEnvironmentAndFromFiles() throws Exception {
        Path file = Files.writeString(temp.resolve("key.txt"), "other\n");
        Keyring keyring = option.keyring(List.of("a=env:MY_KEY", "b=file:" + file));
        assertThat(keyring.names()).containsExactlyInAnyOrder("a", "b");
        assertThat(keyring.password("a")).contains("secret");
        assertThat(keyring.password("b")).contains("other");
        assertThat(keyring.password("c")).isEmpty();
        assertThat(keyring.toString()).contains("a", "b").doesNotContain("secret", "other");
    }

    @ParameterizedTest
    @CsvSource({
        "a=sk-12345, begins neither with env: nor with file:",
        "a=env:NONE, no environment variable 'NONE'",
        "a=env:BLANK, no environment variable 'BLANK'",
        "a=file:no/such/file, cannot be read",
        "=env:MY_KEY, the name is missing"
    })
    void whatIsNotThereOrNotTakenIsSaid(String given, String said) {
        assertThatThrownBy(() -> option.keyring(List.of(given)))
                .isInstanceOf(WorkflowException.class)
                .hasMessageStartingWith("--credentials")
                .hasMessageContaining(said)
                .hasMessageNotContaining("sk-12345")
                .hasMessageNotContaining("secret");
    }
}
