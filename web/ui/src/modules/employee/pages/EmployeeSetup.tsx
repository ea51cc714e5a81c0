import { useWords } from "@/lib/i18n.ts";
import { useUrlState } from "@/lib/url.ts";
import { Page } from "@/ui/Page.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { Departments } from "../components/Departments.tsx";
import { Holidays } from "../components/Holidays.tsx";
import { LeaveTypes } from "../components/LeaveTypes.tsx";
import { Positions } from "../components/Positions.tsx";
import { WorkLocations } from "../components/WorkLocations.tsx";

/** Departments, positions and sites, kinds of leave and holidays. */
export default function EmployeeSetup() {
  const t = useWords("employee");
  const [url, setUrl] = useUrlState({ tab: "departments" });
  return (
    <Page
      title={t("setup.title")}
      width="form"
      subtitle={t("setup.text")}
      back={{ href: "/employees", label: t("list.title") }}
    >
      <Tabs
        label={t("setup.title")}
        value={url.tab}
        onChange={tab => setUrl({ tab })}
        tabs={["departments", "positions", "locations", "leave", "holidays"].map(value => ({
          value,
          label: t(`setup.${value}.title`),
        }))}
      >
        {url.tab === "positions" ? (
          <Positions />
        ) : url.tab === "locations" ? (
          <WorkLocations />
        ) : url.tab === "leave" ? (
          <LeaveTypes />
        ) : url.tab === "holidays" ? (
          <Holidays />
        ) : (
          <Departments />
        )}
      </Tabs>
    </Page>
  );
}
