import { keepPreviousData } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { DataTable } from '../design/data-table.tsx';
import { ClearFilters, CursorPages, SelectFilter, TextFilter } from '../design/filters.tsx';
import { Page } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { countries } from '../places/countries.ts';
import { certificateKinds, type Grade, gradeChoices, type ProductType, productTypeChoices } from './commodity.ts';
import { offeredColumns } from './product-columns.tsx';

/** Listed products of verified suppliers. */
export function ProductSearch() {
  const { sort: _, productType, grade, ...search } = useSearch({ from: '/_app/products/' });
  const query = { ...search, productType: productType as ProductType, grade: grade as Grade, limit: 50 };
  const products = server.useQuery(
    'get',
    '/api/products',
    { params: { query } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Page
      title="Products"
      wide
      summary="Lithium products of verified suppliers. Prices are indicative: what binds is a quote, a response to your request or a bid."
    >
      <QueryView query={products}>
        {({ items, nextCursor }) => (
          <DataTable
            label="Products"
            columns={offeredColumns}
            rows={items}
            rowKey={({ productId }) => productId}
            toolbar={
              <>
                <TextFilter name="q" label="Find products" />
                <SelectFilter name="productType" label="Product type" any="Any type" choices={productTypeChoices} />
                <SelectFilter name="grade" label="Grade" any="Any grade" choices={gradeChoices} />
                <SelectFilter name="originCountry" label="Origin" any="Any origin" choices={countries} />
                <SelectFilter name="region" label="Delivers to" any="Delivered anywhere" choices={countries} />
                <SelectFilter
                  name="certificate"
                  label="Certificate of the supplier"
                  any="Any certificate"
                  choices={certificateKinds.map((value) => ({ value, label: value }))}
                />
                <TextFilter name="quantityKg" label="Quantity in kg" inputMode="numeric" narrow />
                <ClearFilters />
              </>
            }
            empty={
              <Empty title="No listed product matches">
                Take a filter off, or ask all suppliers at once with a request for quotation.
              </Empty>
            }
            footer={<CursorPages nextCursor={nextCursor} />}
          />
        )}
      </QueryView>
    </Page>
  );
}
