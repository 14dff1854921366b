package org.realm4knime.headless.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.headless.workflow.Connection;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowGraph;
import org.realm4knime.headless.workflow.WorkflowNode;

/**
 * A drawing of a workflow: the nodes as boxes where their author put them on KNIME's canvas, spread until no two
 * overlap, or in columns by depth if they have no usable places. Lengths are in pixels.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param boxes one a node
 * @param lines one a connection
 */
public record GraphLayout(int width, int height, List<Box> boxes, List<Line> lines) {

    private static final int BOX_WIDTH = 148;
    private static final int BOX_HEIGHT = 46;
    private static final int GAP = 26;
    private static final int MARGIN = 12;
    private static final double LARGEST_SPREAD = 6;

    /**
     * A node's box.
     *
     * @param node the node
     * @param x left edge
     * @param y top edge
     * @param width of the box
     * @param height of the box
     */
    public record Box(WorkflowNode node, int x, int y, int width, int height) {

        /** @return horizontal middle, from the left edge */
        public int middle() {
            return width / 2;
        }
    }

    /**
     * A connection, from the right edge of one box to the left edge of another.
     *
     * @param path data of an SVG path
     * @param variable whether it carries only flow variables
     */
    public record Line(String path, boolean variable) {}

    /**
     * @param workflow what to draw
     * @return the drawing
     */
    public static GraphLayout of(Workflow workflow) {
        Map<Integer, int[]> places = places(workflow);
        int left = places.values().stream().mapToInt(p -> p[0]).min().orElse(0) - MARGIN;
        int top = places.values().stream().mapToInt(p -> p[1]).min().orElse(0) - MARGIN;
        Map<Integer, Box> boxes = new LinkedHashMap<>();
        for (WorkflowNode node : workflow.nodes()) {
            int[] place = places.get(node.id());
            boxes.put(node.id(), new Box(node, place[0] - left, place[1] - top, BOX_WIDTH, BOX_HEIGHT));
        }
        List<Line> lines = workflow.connections().stream()
                .map(c -> line(c, workflow, boxes))
                .toList();
        int width =
                boxes.values().stream().mapToInt(b -> b.x() + BOX_WIDTH).max().orElse(0) + MARGIN;
        int height =
                boxes.values().stream().mapToInt(b -> b.y() + BOX_HEIGHT).max().orElse(0) + MARGIN;
        return new GraphLayout(width, height, List.copyOf(boxes.values()), lines);
    }

    /** @return the least width at which the drawing is still legible */
    public int minWidth() {
        return Math.min(width, width * 2 / 3 + 200);
    }

    private static Line line(Connection c, Workflow workflow, Map<Integer, Box> boxes) {
        Box source = boxes.get(c.source());
        Box target = boxes.get(c.target());
        int inputs = Math.max(1, workflow.into(c.target()).size());
        int index = workflow.into(c.target()).indexOf(c);
        double startX = source.x() + BOX_WIDTH;
        double startY = source.y() + BOX_HEIGHT / 2.0;
        double endX = target.x();
        double endY = target.y() + BOX_HEIGHT * (index + 1.0) / (inputs + 1);
        double bend = Math.max(30, Math.abs(endX - startX) / 2);
        return new Line(
                "M%.0f %.1f C%.0f %.1f %.0f %.1f %.0f %.1f"
                        .formatted(startX, startY, startX + bend, startY, endX - bend, endY, endX, endY),
                c.isFlowVariable());
    }

    private static Map<Integer, int[]> places(Workflow workflow) {
        Map<Integer, int[]> drawn = new HashMap<>();
        workflow.nodes().forEach(n -> drawn.put(n.id(), n.bounds()));
        for (double spread = 1; spread <= LARGEST_SPREAD; spread += 0.1) {
            Map<Integer, int[]> places = new HashMap<>();
            for (Map.Entry<Integer, int[]> e : drawn.entrySet()) {
                int[] p = e.getValue();
                places.put(e.getKey(), new int[] {(int) (p[0] * spread), (int) (p[1] * Math.min(spread, 1.6))});
            }
            if (!overlap(new ArrayList<>(places.values()))) {
                return places;
            }
        }
        return columns(workflow);
    }

    private static boolean overlap(List<int[]> places) {
        for (int i = 0; i < places.size(); i++) {
            for (int j = 0; j < i; j++) {
                int dx = Math.abs(places.get(i)[0] - places.get(j)[0]);
                int dy = Math.abs(places.get(i)[1] - places.get(j)[1]);
                if (dx < BOX_WIDTH + GAP && dy < BOX_HEIGHT + GAP / 2) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A node stands one column to the right of the last node before it. */
    private static Map<Integer, int[]> columns(Workflow workflow) {
        Map<Integer, Integer> depth = new HashMap<>();
        Map<Integer, Integer> filled = new HashMap<>();
        Map<Integer, int[]> places = new HashMap<>();
        for (WorkflowNode node : order(workflow)) {
            int column = workflow.into(node.id()).stream()
                    .mapToInt(c -> depth.get(c.source()) + 1)
                    .max()
                    .orElse(0);
            depth.put(node.id(), column);
            int row = filled.merge(column, 1, Integer::sum) - 1;
            places.put(node.id(), new int[] {column * (BOX_WIDTH + 2 * GAP), row * (BOX_HEIGHT + GAP)});
        }
        return places;
    }

    private static List<WorkflowNode> order(Workflow workflow) {
        try {
            return WorkflowGraph.order(workflow);
        } catch (WorkflowException e) {
            throw new IllegalArgumentException("the workflow was read, so it has no cycle", e);
        }
    }
}
