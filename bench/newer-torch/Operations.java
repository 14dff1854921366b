import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.function.BinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.realm4knime.engine.torch.DevicePreference;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;
import org.realm4knime.engine.torch.TorchSettings;

/** Products and PyTorch's own gradients through DJL, against sums in Java; says what runs and where. */
final class Operations {

    private static final int ROWS = 48;
    private static final int INNER = 96;
    private static final int COLUMNS = 32;
    private static final double TOLERANCE = 1e-4;

    private Operations() {}

    /** Computes on the processor, or on the graphics card if {@code cuda} is the argument. */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("cuda")) {
            Torch.configure(new TorchSettings(DevicePreference.CUDA, 0, null, null));
            Torch.requireDevice();
        }
        System.out.println(Torch.description());
        System.out.println("built with " + String.join(", ", JniUtils.getFeatures()));
        boolean right = Torch.run(Operations::compute);
        System.exit(right ? 0 : 1);
    }

    private static boolean compute() {
        try (TensorScope scope = new TensorScope()) {
            NDManager manager = scope.manager();
            NDArray left = manager.randomNormal(new Shape(ROWS, INNER));
            NDArray right = manager.randomNormal(new Shape(INNER, COLUMNS)).div(Math.sqrt(INNER));
            float[] x = left.toFloatArray();
            float[] w = right.toFloatArray();
            double[] product = table(ROWS, COLUMNS, (i, j) -> sum(INNER, k -> x[i * INNER + k] * w[k * COLUMNS + j]));
            // of the sum of squares of the product
            double[] squares =
                    table(INNER, COLUMNS, (k, j) -> sum(ROWS, i -> 2 * x[i * INNER + k] * product[i * COLUMNS + j]));
            // of the sum of the squared softmax s of each row: 2 s (s - |s|^2) for the row, then times x
            double[] rows = softmaxGradient(product);
            double[] softmax =
                    table(INNER, COLUMNS, (k, j) -> sum(ROWS, i -> x[i * INNER + k] * rows[i * COLUMNS + j]));
            BinaryOperator<NDArray> sumOfSquares =
                    (a, b) -> a.matMul(b).square().sum();
            BinaryOperator<NDArray> sumOfShares =
                    (a, b) -> a.matMul(b).softmax(1).square().sum();
            return agrees("product", left.matMul(right).toFloatArray(), product)
                    & agrees("gradient of squares", gradient(left, right, sumOfSquares), squares)
                    & agrees("gradient of softmax", gradient(left, right, sumOfShares), softmax);
        }
    }

    private static float[] gradient(NDArray left, NDArray right, BinaryOperator<NDArray> loss) {
        NDArray weights = right.duplicate(); // gradients add up in an array
        weights.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss.apply(left, weights));
            return weights.getGradient().toFloatArray();
        }
    }

    private static double[] softmaxGradient(double[] logits) {
        double[] gradient = new double[logits.length];
        for (int row = 0; row < ROWS; row++) {
            int start = row * COLUMNS;
            double total = sum(COLUMNS, j -> Math.exp(logits[start + j]));
            double[] shares = table(1, COLUMNS, (i, j) -> Math.exp(logits[start + j]) / total);
            double squared = sum(COLUMNS, j -> shares[j] * shares[j]);
            for (int j = 0; j < COLUMNS; j++) {
                gradient[start + j] = 2 * shares[j] * (shares[j] - squared);
            }
        }
        return gradient;
    }

    private static boolean agrees(String what, float[] found, double[] expected) {
        double largest = IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(found[i] - expected[i]))
                .max()
                .orElseThrow();
        boolean right = found.length == expected.length && largest <= TOLERANCE;
        System.out.printf("%s: largest difference %.1e, %s%n", what, largest, right ? "right" : "WRONG");
        return right;
    }

    /** An entry of a table by row and column. */
    private interface Entry {

        double at(int row, int column);
    }

    private static double[] table(int rows, int columns, Entry entry) {
        return IntStream.range(0, rows * columns)
                .mapToDouble(i -> entry.at(i / columns, i % columns))
                .toArray();
    }

    private static double sum(int count, IntToDoubleFunction term) {
        return IntStream.range(0, count).mapToDouble(term).sum();
    }
}
