import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import type { ListState } from "@/lib/query.ts";
import { Person } from "@/ui/Avatar.tsx";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Row, Stack } from "@/ui/Card.tsx";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { ConfirmDialog, Dialog, Drawer } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Checkbox, RadioCards, Segments, Switch } from "@/ui/fields/Checkbox.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { FileDrop } from "@/ui/fields/FileDrop.tsx";
import { MultiSelect } from "@/ui/fields/MultiSelect.tsx";
import { MoneyField, NumberField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { PasswordField, TextArea, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { Icon, iconNames } from "@/ui/Icon.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { FormGrid, Page } from "@/ui/Page.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { EmptyState, ErrorState, NoPermission } from "@/ui/States.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { Timeline } from "@/ui/Timeline.tsx";
import { useSelection } from "@/ui/table/BulkBar.tsx";
import { ColumnChooser, useColumns } from "@/ui/table/ColumnChooser.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { toast } from "@/ui/toast.ts";

interface Thing {
  id: string;
  tag: string;
  name: string;
  status: string;
  holder: string;
  cost: string;
  on: string;
}

const names = [
  "MacBook Pro 14",
  "Ford Transit",
  "HP LaserJet",
  "Herman Miller Aeron",
  "Standing desk",
  "iPhone 17",
  "ThinkPad X1",
];
const people = ["Ana Novak", "Farid Rahman", "Chen Wei", "Elif Kaya", "Bram de Vries", "Greta Lindqvist"];
const tones: Record<string, Tone> = {
  "In use": "green",
  "In stock": "blue",
  "In repair": "amber",
  Retired: "neutral",
};
const things: Thing[] = Array.from({ length: 10_000 }, (_, i) => ({
  id: String(i),
  tag: `AST-${String(i + 1).padStart(6, "0")}`,
  name: names[i % names.length] ?? "",
  status: Object.keys(tones)[i % 4] ?? "",
  holder: i % 4 === 3 ? "" : (people[i % people.length] ?? ""),
  cost: (100 + i * 37.01).toFixed(2),
  on: `202${i % 7}-0${(i % 9) + 1}-1${i % 10}`,
}));

/** Every component on one page, for development and for the accessibility test. */
export default function Gallery() {
  const [view, setView] = useState(new URLSearchParams(location.search).get("view") ?? "fields");
  if (view === "table") return <TableView />;
  return (
    <Page
      title="Gallery"
      status={<Badge tone="violet">Draft</Badge>}
      subtitle="Every component"
      actions={<Actions />}
    >
      <Tabs
        label="Gallery"
        value={view}
        onChange={setView}
        tabs={[
          { value: "fields", label: "Fields" },
          { value: "parts", label: "Parts", count: 3 },
          { value: "states", label: "States" },
          { value: "table", label: "Table" },
        ]}
      >
        {view === "fields" ? <Fields /> : view === "parts" ? <Parts /> : <States />}
      </Tabs>
    </Page>
  );
}

function Actions() {
  const [open, setOpen] = useState("");
  const close = () => setOpen("");
  return (
    <>
      <Button icon="download">Export CSV</Button>
      <Menu
        trigger={<IconButton icon="more" label="More" variant="default" />}
        items={[
          { label: "Dialog", icon: "edit", onSelect: () => setOpen("dialog") },
          { label: "Drawer", icon: "columns", onSelect: () => setOpen("drawer") },
          { label: "Conflict", icon: "warning", onSelect: () => setOpen("conflict") },
          {
            label: "Toast",
            icon: "check",
            onSelect: () => toast("Handed to Ana Novak", { action: { label: "Undo", run: () => undefined } }),
          },
          "divider",
          { label: "Retire", icon: "trash", danger: true, onSelect: () => setOpen("confirm") },
        ]}
      />
      <Button variant="primary" icon="plus">
        New asset
      </Button>
      <Dialog
        open={open === "dialog"}
        onClose={close}
        title="Hand over LT-0042"
        onSubmit={close}
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" type="submit">
              Hand over
            </Button>
          </>
        }
      >
        <Combobox
          label="To whom"
          value=""
          onChange={() => undefined}
          options={people.map(p => ({ value: p, label: p, note: "Engineering" }))}
        />
        <TextArea label="Note" required={false} value="" onChange={() => undefined} />
      </Dialog>
      <Drawer open={open === "drawer"} onClose={close} title="Details">
        <PropertyList items={[{ label: "Tag", value: "LT-0042" }]} />
      </Drawer>
      <ConfirmDialog
        open={open === "confirm"}
        onClose={close}
        onConfirm={close}
        title="Retire LT-0042?"
        confirm="Retire asset"
        danger
      >
        It can be brought back later, its history stays.
      </ConfirmDialog>
      <ConflictDialog
        open={open === "conflict"}
        onClose={close}
        onKeepMine={close}
        onTakeTheirs={close}
        differences={[{ label: "Name", mine: "MacBook Pro 14", theirs: "MacBook Pro 14 (2025)" }]}
      />
    </>
  );
}

function Fields() {
  const [text, setText] = useState("MacBook");
  const [many, setMany] = useState(["a"]);
  const [on, setOn] = useState(true);
  const [day, setDay] = useState("2026-11-25");
  const [money, setMoney] = useState("1234.50");
  const [one, setOne] = useState("");
  const [file, setFile] = useState<File | undefined>();
  const form = useForm({
    initial: { name: "", cost: "" },
    check: () => ({ name: "Enter a name", cost: "must not be negative" }),
    submit: async () => undefined,
  });
  const options = people.map(person => ({ value: person, label: person, note: "Engineering" }));
  return (
    <Stack>
      <Card title="A form">
        <form onSubmit={form.onSubmit} noValidate>
          <Stack>
            <FormErrorSummary form={form} />
            <FormGrid>
              <TextField label="Name" required {...form.field("name")} hint="As people call it" />
              <MoneyField label="Cost" currency="EUR" {...form.field("cost")} />
              <Select label="Category" empty="None" value={one} onChange={setOne} options={options} />
              <Combobox label="Holder" icon="person" options={options} value={one} onChange={setOne} />
              <DateField label="Bought on" value={day} onChange={setDay} />
              <MoneyField label="Price" currency="EUR" value={money} onChange={setMoney} />
              <NumberField label="Useful life" unit="months" value="36" onChange={() => undefined} />
              <PasswordField label="Password" value={text} onChange={setText} />
              <TextField label="Closed" value="Cannot be changed" onChange={() => undefined} disabled />
              <MultiSelect
                label="Roles"
                value={many}
                onChange={setMany}
                options={[
                  { value: "a", label: "Accountant" },
                  { value: "m", label: "Manager" },
                ]}
              />
            </FormGrid>
            <TextArea label="Note" required={false} value={text} onChange={setText} />
            <Row gap={24}>
              <Checkbox label="Send by e-mail" checked={on} onChange={setOn} />
              <Switch label="Active" checked={on} onChange={setOn} />
              <Segments
                label="View"
                value={one || "list"}
                onChange={setOne}
                options={[
                  { value: "list", label: "List", icon: "table" },
                  { value: "tree", label: "Tree", icon: "tree" },
                ]}
              />
            </Row>
            <RadioCards
              label="Begin with"
              columns={2}
              value="a"
              onChange={() => undefined}
              options={[
                { value: "a", label: "Empty", note: "Nothing in it" },
                { value: "b", label: "Example", note: "Something to look at" },
              ]}
            />
            <FileDrop label="CSV file" accept=".csv" maxBytes={1e7} file={file} onFile={setFile} />
            <Row>
              <Button type="submit" variant="primary">
                Save
              </Button>
              <Button loading>Saving</Button>
              <Button variant="danger" icon="trash">
                Delete
              </Button>
              <Button variant="quiet">Quiet</Button>
              <Button disabled>Disabled</Button>
              <Button size="sm">Small</Button>
            </Row>
          </Stack>
        </form>
      </Card>
    </Stack>
  );
}

function Parts() {
  return (
    <Stack>
      <Row>
        {(["neutral", "green", "blue", "amber", "red", "violet"] as const).map(tone => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <Person name="Ana Novak" />
      </Row>
      {(["neutral", "amber", "red", "green", "blue"] as const).map(tone => (
        <Callout key={tone} tone={tone} title="Employees did not answer">
          Names are those last heard.
        </Callout>
      ))}
      <Card title="Properties">
        <PropertyList
          items={[
            { label: "Tag", value: "LT-0042" },
            { label: "Holder", value: <Person name="Farid Rahman" /> },
            { label: "Serial", value: "" },
          ]}
        />
      </Card>
      <Card title="History">
        <Timeline
          moments={[
            {
              id: "1",
              icon: "arrow-right",
              tone: "green",
              text: "Handed to Ana Novak",
              at: new Date(Date.now() - 6e5).toISOString(),
              by: "Elif Kaya",
            },
            {
              id: "2",
              icon: "undo",
              tone: "blue",
              text: "Returned to Berlin HQ",
              at: "2026-10-01T10:00:00Z",
              by: "system",
              detail: "The holder left the company",
            },
            { id: "3", icon: "plus", text: "Registered", at: "2025-03-01T10:00:00Z", by: "Elif Kaya" },
          ]}
        />
      </Card>
      <Card title="Icons">
        <Row gap={14}>
          {iconNames.map(name => (
            <span key={name} title={name}>
              <Icon name={name} size={20} />
            </span>
          ))}
        </Row>
      </Card>
    </Stack>
  );
}

function States() {
  return (
    <Stack>
      <Card>
        <EmptyState
          icon="laptop"
          title="No assets yet"
          actions={
            <Button variant="primary" icon="plus">
              New asset
            </Button>
          }
        >
          Register the first one, or import a CSV file.
        </EmptyState>
      </Card>
      <Card>
        <ErrorState error={new Error("x")} onRetry={() => undefined} />
      </Card>
      <Card>
        <NoPermission />
      </Card>
    </Stack>
  );
}

function TableView() {
  const format = useFormat();
  const [q, setQ] = useState("");
  const [status, setStatus] = useState("");
  const [sort, setSort] = useState("tag");
  const selection = useSelection();
  const rows = things.filter(
    row => (!status || row.status === status) && row.name.toLowerCase().includes(q.toLowerCase()),
  );
  const list: ListState<Thing> = {
    rows,
    total: rows.length,
    totalCapped: false,
    loading: location.search.includes("loading"),
    refreshing: false,
    loadingMore: false,
    error: null,
    hasMore: false,
    loadMore: () => undefined,
    retry: () => undefined,
    first: undefined,
  };
  const all: Column<Thing>[] = [
    { id: "tag", header: "Tag", cell: row => row.tag, width: 140, sort: "tag" },
    { id: "name", header: "Name", cell: row => row.name, sort: "name" },
    {
      id: "status",
      header: "Status",
      cell: row => <Badge tone={tones[row.status] ?? "neutral"}>{row.status}</Badge>,
      width: 120,
    },
    {
      id: "holder",
      header: "Assigned to",
      cell: row => (row.holder ? <Person name={row.holder} size={22} /> : <span className="dimmed">–</span>),
    },
    {
      id: "cost",
      header: "Cost",
      cell: row => format.money(row.cost, "EUR"),
      width: 130,
      align: "right",
      sort: "cost",
    },
    { id: "on", header: "Purchased", cell: row => format.date(row.on), width: 130 },
  ];
  const columns = useColumns("gallery", all);
  return (
    <Page title="Assets" fill actions={<Actions />}>
      <FilterBar
        search={{ value: q, onChange: setQ, placeholder: "Tag, name or person" }}
        active={q !== "" || status !== ""}
        onClear={() => {
          setQ("");
          setStatus("");
        }}
        total={rows.length}
        totalLabel={count => `${count} assets`}
        end={<ColumnChooser columns={columns} />}
      >
        <FilterSelect
          label="Status"
          value={status}
          onChange={setStatus}
          options={Object.keys(tones).map(value => ({ value, label: value }))}
        />
        <FilterSelect
          label="Location"
          value=""
          onChange={() => undefined}
          options={[{ value: "x", label: "Berlin" }]}
        />
      </FilterBar>
      <DataTable
        label="Assets"
        list={list}
        columns={all}
        shown={columns.shown}
        rowKey={row => row.id}
        href={row => `/gallery?view=parts&id=${row.id}`}
        card={row => ({
          title: row.tag,
          end: <Badge tone={tones[row.status] ?? "neutral"}>{row.status}</Badge>,
          line: `${row.name} · ${row.holder}`,
          lineEnd: format.money(row.cost, "EUR"),
        })}
        sort={sort}
        onSort={setSort}
        selection={selection}
        bulk={
          <Button size="sm" icon="arrow-right">
            Hand over
          </Button>
        }
        empty={<EmptyState icon="search" title="Nothing found" />}
      />
    </Page>
  );
}
