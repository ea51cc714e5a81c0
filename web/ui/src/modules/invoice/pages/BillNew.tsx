import { BillForm } from "../components/BillForm.tsx";

export default function BillNew() {
  return <BillForm />;
}
