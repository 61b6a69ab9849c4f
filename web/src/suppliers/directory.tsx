import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Count } from '../design/figures.tsx';
import { ClearFilters, CursorPages, SelectFilter, TextFilter } from '../design/filters.tsx';
import { Page } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { countries, countryName } from '../places/countries.ts';
import {
  certificateKinds,
  type Grade,
  gradeChoices,
  type Incoterm,
  incotermChoices,
  type ProductType,
  productTypeChoices,
} from '../products/commodity.ts';
import { Rating } from './rating.tsx';

type Entry = Answer<'/api/suppliers'>['items'][number];

const columns: readonly Column<Entry>[] = [
  {
    id: 'name',
    header: 'Supplier',
    sortBy: ({ legalName }) => legalName,
    cell: ({ supplierId, legalName, about }) => (
      <div className="min-w-44">
        <Link to="/suppliers/$supplierId" params={{ supplierId }} className="font-medium text-accent hover:underline">
          {legalName}
        </Link>
        <span className="line-clamp-2 max-w-md text-xs text-muted">{about}</span>
      </div>
    ),
  },
  {
    id: 'country',
    header: 'Country',
    sortBy: ({ country }) => countryName(country),
    cell: ({ country }) => countryName(country),
  },
  {
    id: 'regions',
    header: 'Delivers to',
    wideOnly: true,
    cell: ({ regions }) => <span className="line-clamp-2 max-w-xs">{regions.map(countryName).join(', ') || '–'}</span>,
  },
  {
    id: 'incoterms',
    header: 'Incoterms',
    wideOnly: true,
    cell: ({ incoterms }) => incoterms.join(', ') || '–',
  },
  {
    id: 'rating',
    header: 'Rating',
    align: 'right',
    sortBy: ({ reviews }) => (reviews.rating === null ? null : Number(reviews.rating)),
    cell: ({ reviews }) => <Rating rating={reviews.rating} count={reviews.count} />,
  },
  {
    id: 'orders',
    header: 'Orders delivered',
    align: 'right',
    wideOnly: true,
    sortBy: ({ deliveredOrders }) => deliveredOrders,
    cell: ({ deliveredOrders }) => <Count value={deliveredOrders} />,
  },
];

/** Verified suppliers, narrowed to what a buyer needs. */
export function SupplierDirectory() {
  const { sort: _, ...search } = useSearch({ from: '/_app/suppliers/' });
  const query = {
    ...search,
    productType: search.productType as ProductType,
    grade: search.grade as Grade,
    incoterm: search.incoterm as Incoterm,
    limit: 50,
  };
  const suppliers = server.useQuery(
    'get',
    '/api/suppliers',
    { params: { query } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Page
      title="Suppliers"
      wide
      summary="Companies whose papers were reviewed. Ratings come from buyers of paid orders."
    >
      <QueryView query={suppliers}>
        {({ items, nextCursor }) => (
          <DataTable
            label="Suppliers"
            columns={columns}
            rows={items}
            rowKey={({ supplierId }) => supplierId}
            toolbar={<Filters />}
            empty={
              <Empty title="No verified supplier matches">
                Take a filter off, or describe what you need in a request for quotation.
              </Empty>
            }
            footer={<CursorPages nextCursor={nextCursor} />}
          />
        )}
      </QueryView>
    </Page>
  );
}

function Filters() {
  return (
    <>
      <TextFilter name="q" label="Find suppliers" />
      <SelectFilter name="country" label="Country" any="Any country" choices={countries} />
      <SelectFilter name="region" label="Delivers to" any="Delivers anywhere" choices={countries} />
      <SelectFilter name="productType" label="Product type" any="Any product" choices={productTypeChoices} />
      <SelectFilter name="grade" label="Grade" any="Any grade" choices={gradeChoices} />
      <SelectFilter
        name="certificate"
        label="Certificate"
        any="Any certificate"
        choices={certificateKinds.map((value) => ({ value, label: value }))}
      />
      <SelectFilter name="incoterm" label="Incoterm" any="Any Incoterm" choices={incotermChoices} />
      <SelectFilter
        name="minRating"
        label="Rating"
        any="Any rating"
        choices={['4.5', '4', '3'].map((value) => ({ value, label: `${value} and better` }))}
      />
      <ClearFilters />
    </>
  );
}
