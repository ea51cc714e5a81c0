import { type CSSVariablesResolver, createTheme, MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "@mantine/core/styles/Drawer.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/Tooltip.css";
import "./tokens.css";
import "./base.css";
import "./kit.css";

const theme = createTheme({
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  defaultRadius: 8,
  cursorType: "pointer",
  respectReducedMotion: true,
  fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "15px", xl: "18px" },
  components: {
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: "none", offset: 6 } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: "none", offset: 6 } },
    Combobox: { defaultProps: { transitionProps: { duration: 80 }, shadow: "none", offset: 4 } },
    Modal: { defaultProps: { transitionProps: { duration: 120, transition: "pop" } } },
    Drawer: { defaultProps: { transitionProps: { duration: 140 } } },
  },
});

/** Gives the kit our tokens, so that what it draws itself (menus, dialogs) looks like the rest. */
const variables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-text": "var(--text)",
    "--mantine-color-body": "var(--overlay)",
    "--mantine-color-dimmed": "var(--dimmed)",
    "--mantine-color-error": "var(--danger)",
    "--mantine-color-placeholder": "var(--dimmed)",
    "--mantine-color-anchor": "var(--accent-text)",
    "--mantine-color-default": "var(--surface)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-default-border": "var(--border)",
    "--mantine-primary-color-filled": "var(--accent-fill)",
    "--mantine-line-height": "1.45",
  };
  return { variables: {}, light: shared, dark: shared };
};

/** Everything of ours stands inside the kit's provider; the scheme is on <html> before the first paint. */
export function Kit({ scheme, children }: { scheme: "light" | "dark" | "auto"; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      forceColorScheme={scheme === "auto" ? undefined : scheme}
    >
      {children}
    </MantineProvider>
  );
}
