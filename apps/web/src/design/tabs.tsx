import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs';

/** Parts of one page, one in view. `selected` belongs into the address (`useAddress`), so that a link shows the same part. */
export function Tabs(props: {
  label: string;
  selected: string;
  onSelect(id: string): void;
  tabs: readonly { id: string; title: ReactNode; content: ReactNode }[];
}): ReactNode {
  return (
    <AriaTabs
      selectedKey={props.selected}
      onSelectionChange={(key) => props.onSelect(String(key))}
      keyboardActivation="manual"
    >
      <TabList aria-label={props.label} className="tabs-list">
        {props.tabs.map(({ id, title }) => (
          <Tab key={id} id={id} className="tab">
            {title}
          </Tab>
        ))}
      </TabList>
      {props.tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
