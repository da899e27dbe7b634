// All style sheets of the window, in the order in which they apply.
import "./layers.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "./fonts.css";
import "./global.css";
