import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Row, Stack } from "@/ui/Card.tsx";
import { Checkbox } from "@/ui/fields/Checkbox.tsx";
import { FileDrop } from "@/ui/fields/FileDrop.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Page } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type ImportResult, importFile, useImport } from "../api.ts";
import styles from "../components/asset.module.css";

interface Told {
  row?: number | undefined;
  column?: string | undefined;
  message: string;
}

/** A file, what is wrong with it by row and column, and all of it or nothing. */
export default function AssetImport() {
  const t = useWords("asset");
  const go = useGo();
  const mayConfigure = useCan("asset:configure");
  const [file, setFile] = useState<File | undefined>();
  const [createMissing, setCreateMissing] = useState(mayConfigure);
  const [checking, setChecking] = useState(false);
  const [preview, setPreview] = useState<ImportResult | undefined>();
  const [unreadable, setUnreadable] = useState<Told[] | undefined>();
  const run = useImport(result => {
    toast(t("import.done", { count: result.created }));
    go("/assets?sort=-updatedAt");
  });
  const check = async (next: File, create: boolean) => {
    setFile(next);
    setPreview(undefined);
    setUnreadable(undefined);
    setChecking(true);
    try {
      setPreview(await importFile(next, { preview: true, createMissing: create }));
    } catch (error) {
      setUnreadable(toldBy(error, t("failed")));
    } finally {
      setChecking(false);
    }
  };
  const problems: Told[] = unreadable ?? toldBy(run.error, t("failed")) ?? preview?.problems ?? [];
  const ready = preview !== undefined && preview.problemCount === 0 && preview.rows > 0;
  return (
    <Page title={t("import.title")} width="form" back={{ href: "/assets", label: t("list.title") }}>
      <Stack>
        <Card title={t("import.file")}>
          <Stack gap={12}>
            <FileDrop
              label={t("import.drop")}
              hint={t("import.hint")}
              accept=".csv,text/csv"
              maxBytes={20 << 20}
              file={file}
              disabled={checking || run.busy}
              onFile={next => void check(next, createMissing)}
            />
            <Row gap={16}>
              {mayConfigure && (
                <Checkbox
                  checked={createMissing}
                  onChange={create => {
                    setCreateMissing(create);
                    if (file) void check(file, create);
                  }}
                  label={t("import.createMissing")}
                />
              )}
              <Button
                size="sm"
                variant="quiet"
                icon="download"
                href={`data:text/csv;charset=utf-8,${encodeURIComponent(template)}`}
                download="assets.csv"
              >
                {t("import.template")}
              </Button>
            </Row>
            <p className="dimmed">{t("import.columns")}</p>
          </Stack>
        </Card>
        {checking && <Callout>{t("import.checking")}</Callout>}
        {problems.length > 0 && <Problems list={problems} count={preview?.problemCount ?? problems.length} />}
        {preview && preview.problemCount === 0 && <Outcome preview={preview} />}
        {ready && file && (
          <Row>
            <Button
              variant="primary"
              icon="check"
              loading={run.busy}
              onClick={() => run.submit({ file, createMissing })}
            >
              {t("import.run", { count: preview.rows })}
            </Button>
          </Row>
        )}
      </Stack>
    </Page>
  );
}

const template =
  "name,category,tag,serial,model,supplier,location,purchasedOn,cost,warrantyUntil\r\n" +
  "ThinkPad X1 Carbon,Laptops,,PF12345,21KC,Bechtle AG,Berlin / Floor 2,2026-01-15,1499.00,2029-01-15\r\n";

/** What the server says of a whole file that it could not read, or would not take, cell by cell. */
function toldBy(error: unknown, otherwise: string): Told[] | undefined {
  if (!error) return undefined;
  if (!isProblem(error)) return [{ message: otherwise }];
  if (error.fields.length === 0) return [{ message: error.message }];
  return error.fields.map(field => {
    const place = /^rows\.(\d+)(?:\.(.+))?$/.exec(field.path);
    return { row: place ? Number(place[1]) : undefined, column: place?.[2], message: field.message };
  });
}

function Problems({ list, count }: { list: Told[]; count: number }) {
  const t = useWords("asset");
  return (
    <Card title={t("import.problems", { count })} note={t("import.nothing")} flush>
      <div className={styles.scroll} role="region" aria-label={t("import.problems", { count })} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("import.row")}</th>
              <th scope="col" className={styles.formula}>
                {t("import.column")}
              </th>
              <th scope="col" className={styles.formula}>
                {t("import.problem")}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.map((problem, index) => (
              <tr key={index}>
                <td>{problem.row ?? "–"}</td>
                <td className={styles.formula}>{problem.column ?? "–"}</td>
                <td className={styles.formula}>{problem.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Outcome({ preview }: { preview: ImportResult }) {
  const t = useWords("asset");
  const format = useFormat();
  const categories = preview.newCategories ?? [];
  const places = preview.newLocations ?? [];
  const ignored = preview.ignored ?? [];
  return (
    <>
      <Callout tone={preview.rows > 0 ? "green" : "amber"} title={t("import.ready", { count: preview.rows })}>
        {categories.length > 0 && <div>{t("import.newCategories", { list: format.list(categories) })}</div>}
        {places.length > 0 && (
          <div>{t("import.newPlaces", { count: places.length, list: format.list(places.slice(0, 8)) })}</div>
        )}
        {ignored.length > 0 && <div>{t("import.ignored", { list: format.list(ignored) })}</div>}
      </Callout>
      <Card title={t("import.sample")} flush>
        <div className={styles.scroll} role="region" aria-label={t("import.sample")} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                {["name", "tag", "category", "location", "serial"].map(name => (
                  <th key={name} scope="col" className={styles.formula}>
                    {t(`field.${name}`)}
                  </th>
                ))}
                <th scope="col">{t("field.purchasedOn")}</th>
                <th scope="col">{t("field.cost")}</th>
              </tr>
            </thead>
            <tbody>
              {(preview.sample ?? []).map(asset => (
                <tr key={asset.id}>
                  <td>{asset.name}</td>
                  <td className={styles.formula}>{asset.tag || t("import.given")}</td>
                  <td className={styles.formula}>{asset.category}</td>
                  <td className={styles.formula}>{asset.location ?? "–"}</td>
                  <td className={styles.formula}>{asset.serial ?? "–"}</td>
                  <td>{asset.purchasedOn ? format.date(asset.purchasedOn) : "–"}</td>
                  <td>{format.money(asset.cost, asset.currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
    </>
  );
}
