import { Link } from '@tanstack/react-router';
import type { Column } from '../design/data-table.tsx';
import { Count, Money } from '../design/figures.tsx';
import { words } from '../design/status.tsx';
import { countryName } from '../places/countries.ts';
import { formatShare } from './assay.ts';
import type { Product } from './commodity.ts';

/** How products stand in a list, beside each other. */
export const productColumns: readonly Column<Product>[] = [
  {
    id: 'title',
    header: 'Product',
    sortBy: ({ title }) => title,
    cell: ({ productId, title, productType, grade }) => (
      <div className="min-w-44">
        <Link to="/products/$productId" params={{ productId }} className="font-medium text-accent hover:underline">
          {title}
        </Link>
        <span className="block text-xs text-muted">
          {words(productType)}, {grade} grade
        </span>
      </div>
    ),
  },
  {
    id: 'assay',
    header: 'Assay',
    wideOnly: true,
    cell: ({ assay }) =>
      assay.length === 0 ? (
        <span className="text-muted">–</span>
      ) : (
        assay.slice(0, 3).map(({ analyte, value }) => (
          <span key={analyte} className="figures block whitespace-nowrap">
            {analyte} {formatShare(value)}
          </span>
        ))
      ),
  },
  {
    id: 'origin',
    header: 'Origin',
    sortBy: ({ originCountry }) => countryName(originCountry),
    cell: ({ originCountry }) => countryName(originCountry),
  },
  {
    id: 'lot',
    header: 'Smallest lot',
    align: 'right',
    wideOnly: true,
    sortBy: ({ minLotKg }) => minLotKg,
    cell: ({ minLotKg }) => <Count value={minLotKg} unit="kg" />,
  },
  {
    id: 'capacity',
    header: 'Capacity a month',
    align: 'right',
    wideOnly: true,
    sortBy: ({ capacityKgPerMonth }) => capacityKgPerMonth,
    cell: ({ capacityKgPerMonth }) => <Count value={capacityKgPerMonth} unit="kg" />,
  },
  {
    id: 'price',
    header: 'Indicative, per tonne',
    align: 'right',
    sortBy: ({ indicativePrice }) => (indicativePrice === null ? null : Number(indicativePrice)),
    cell: ({ indicativePrice, currency }) => <Money amount={indicativePrice} currency={currency ?? 'USD'} />,
  },
];

/** The same among products of several suppliers. */
export const offeredColumns: readonly Column<Product>[] = [
  ...productColumns.slice(0, 1),
  {
    id: 'supplier',
    header: 'Supplier',
    sortBy: ({ supplierName }) => supplierName,
    cell: ({ supplierId, supplierName }) => (
      <Link to="/suppliers/$supplierId" params={{ supplierId }} className="hover:underline">
        {supplierName}
      </Link>
    ),
  },
  ...productColumns.slice(1),
];
