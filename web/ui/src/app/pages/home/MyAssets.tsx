import { useWords } from "@/lib/i18n.ts";
import { Card } from "@/ui/Card.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import { EmptyState } from "@/ui/States.tsx";
import type { HomeData } from "../Home.tsx";
import styles from "./Home.module.css";

/** What the company gave to the person. */
export function MyAssets({ assets }: { assets: HomeData["myAssets"] }) {
  const t = useWords("app");
  return (
    <Card title={t("home.mine")}>
      {assets.length === 0 ? (
        <EmptyState icon="laptop" title={t("home.nothingMine")}>
          {t("home.nothingMineText")}
        </EmptyState>
      ) : (
        <ul className={styles.mine}>
          {assets.map(asset => (
            <li key={asset.id}>
              <Link href={`/assets/${asset.id}`} className={styles.thing}>
                <span className={styles.stepIcon}>
                  <Icon name="laptop" />
                </span>
                <span style={{ minWidth: 0 }}>
                  <b className="truncate" style={{ display: "block" }}>
                    {asset.name}
                  </b>
                  <small>{asset.tag}</small>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
